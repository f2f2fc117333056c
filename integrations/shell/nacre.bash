# Completion of nacre for bash. What there is to offer, nacre itself says.
_nacre()
{
    local -a words=("")
    local current word line i
    # bash ends words at = and :, nacre does not
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $i -gt 1 && ($word == [=:]* || ${COMP_WORDS[i - 1]} == *[=:]) ]]; then
            words[-1]+=$word
        elif [ "$i" -eq 1 ]; then
            words=("$word")
        else
            words+=("$word")
        fi
    done
    current=${words[-1]}
    word=${COMP_WORDS[COMP_CWORD]}
    [[ $word != [=:] ]] || word=
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
        :files | :folders)
            compopt -o filenames 2>/dev/null
            i=-f
            [ "$line" = :files ] || i=-d
            while IFS= read -r line; do
                COMPREPLY+=("$line")
            done < <(compgen "$i" -- "$word")
            ;;
        *)
            line=${line%%$'\t'*}
            # what stands before the word that bash replaces
            COMPREPLY+=("${line:${#current}-${#word}}")
            ;;
        esac
    done < <("${COMP_WORDS[0]}" complete "${words[@]}" 2>/dev/null)
}
complete -F _nacre nacre
