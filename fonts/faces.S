/* The embedded font files as read-only bytes; the assembler finds them in its include path. */
    .section .rodata
    .macro face name
    .balign 16
    .global nc_face_\name
    .hidden nc_face_\name
nc_face_\name:
    .incbin "\name\().font"
    .global nc_face_\name\()_end
    .hidden nc_face_\name\()_end
nc_face_\name\()_end:
    .byte 0
    .endm

    face regular
    face semibold
    face italic
    face mono

    .section .note.GNU-stack, "", %progbits
