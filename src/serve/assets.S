/* The files of the page as read-only bytes; the assembler finds them in its include path. */
    .section .rodata
    .macro asset name, file
    .global nc_asset_\name
    .hidden nc_asset_\name
nc_asset_\name:
    .incbin "\file"
    .global nc_asset_\name\()_end
    .hidden nc_asset_\name\()_end
nc_asset_\name\()_end:
    .byte 0
    .endm

    asset html, "page.html"
    asset css, "page.css"
    asset js, "page.js"
    asset icon, "icon.svg"

    .section .note.GNU-stack, "", %progbits
