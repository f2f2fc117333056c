// node validate_sarif.cjs LOG...: SARIF logs against the schema of the standard (draft 04), which
// @microsoft/jest-sarif carries with the ajv that reads it. NODE_PATH says where that is installed.
'use strict'
const fs = require('fs')
const path = require('path')

const home = path.dirname(require.resolve('@microsoft/jest-sarif/package.json'))
const Ajv = require(require.resolve('ajv', { paths: [home] }))
const draft4 = require(require.resolve('ajv/lib/refs/json-schema-draft-04.json', { paths: [home] }))
const schema = require(path.join(home, 'lib/schemas/sarif-2.1.0-rtm.5.json'))

const ajv = new Ajv({ schemaId: 'id', meta: false, allErrors: true, logger: false })
ajv.addMetaSchema(draft4)
const validate = ajv.compile(schema)
let failed = false
for (const name of process.argv.slice(2)) {
    if (validate(JSON.parse(fs.readFileSync(name, 'utf8'))))
        continue
    failed = true
    for (const error of validate.errors)
        console.log(`${name}: ${error.dataPath} ${error.message}`)
}
process.exit(failed ? 1 : 0)
