#include "cli/form.h"

#include <string.h>

size_t nc_report_count(const nc_report *report, nacre_severity severity)
{
    size_t count = 0;

    for (size_t i = 0; i < report->findings.len; i++)
        count += report->findings.list[i].severity == severity;
    return count;
}

void nc_form_text(nc_str *out, const nc_report *report)
{
    for (size_t i = 0; i < report->findings.len; i++) {
        if (!report->findings.list[i].failure)
            nc_finding_put_text(out, &report->findings.list[i], false);
    }
}

void nc_rules_text(nc_str *out)
{
    const size_t len = nacre_rule_count();
    nacre_rule rule;
    int widest = 0;

    for (size_t i = 0; i < len; i++) {
        nacre_rule_at(&rule, i);
        if ((int)strlen(rule.code) > widest)
            widest = (int)strlen(rule.code);
    }
    for (size_t i = 0; i < len; i++) {
        nacre_rule_at(&rule, i);
        nc_str_fmt(out, "%-*s  %-10s  %s\n", widest, rule.code,
                   rule.portability               ? "--portable"
                   : rule.severity == NACRE_ERROR ? "error"
                                                  : "warning",
                   rule.summary);
    }
}
