# Completion of nacre for fish. What there is to offer, nacre itself says.
function __nacre_offer
    set -l words (commandline -opc) (commandline -ct)
    set -l current $words[-1]
    set -l before (string match -r -- '^--[^=]+=' $current)
    for line in (command $words[1] complete $words[2..-1] 2>/dev/null)
        switch $line
            case :files
                printf '%s\n' "$before"(__fish_complete_path (string replace -- "$before" '' $current))
            case :folders
                printf '%s\n' "$before"(__fish_complete_directories (string replace -- "$before" '' $current) '')
            case '*'
                printf '%s\n' $line
        end
    end
end

complete -c nacre -f -a '(__nacre_offer)'
