"""`tutor completion SHELL`: a completion script made from the table of verbs."""

from lesson_engine.cli.arguments import Call, UsageError
from lesson_engine.cli.screen import Screen
from lesson_engine.cli.verbs import GLOBAL_OPTIONS, VERBS, Verb
from lesson_engine.course.drills.question import TOPICS
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.messages import Message

_BASH = """\
_tutor() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} words="{verbs}" i
    case "${{COMP_WORDS[COMP_CWORD-1]}}" in
        --workspace) COMPREPLY=($(compgen -d -- "$current")); return;;
        --lang) COMPREPLY=($(compgen -W "ja en" -- "$current")); return;;
    esac
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "${{COMP_WORDS[i]}}" in
{cases}
        esac
    done
    COMPREPLY=($(compgen -W "$words {options}" -- "$current"))
}}
complete -o default -F _tutor tutor
"""

_ZSH = "autoload -Uz compinit bashcompinit && compinit -u && bashcompinit\n"


def run(call: Call, screen: Screen) -> int:
    """Writes the script for the shell that the operand names."""
    shell = call.operands[0]
    if shell == "bash":
        screen.out.write(_bash())
    elif shell == "zsh":
        # zsh runs bash's completion functions through its own bashcompinit.
        screen.out.write(_ZSH + _bash())
    elif shell == "fish":
        screen.out.write(_fish(screen))
    else:
        raise UsageError(Message("cli.unknown_shell", found=shell))
    return 0


def _words(verb: Verb) -> str:
    operands = load_syllabus().exercises if "EXERCISE" in verb.operands else ()
    # Words that an operand chooses from are written in lower case, those that stand for others in capitals.
    first = verb.operands.split(" ")[0].strip("[]")
    actions = first.split("|") if first.islower() else []
    if verb.name == "practice":
        actions = list(TOPICS)
    return " ".join([*operands, *actions, *(f"--{option.name}" for option in verb.options)])


def _bash() -> str:
    return _BASH.format(
        verbs=" ".join(verb.name for verb in VERBS),
        options=" ".join(f"--{option.name}" for option in GLOBAL_OPTIONS),
        cases="\n".join(f'            {verb.name}) words="{_words(verb)}"; break;;' for verb in VERBS),
    )


def _fish(screen: Screen) -> str:
    lines = []
    for verb in VERBS:
        described = Message(f"cli.{verb.name}").text(screen.language)
        lines.append(f"complete -c tutor -n __fish_use_subcommand -f -a {verb.name} -d '{described}'")
        if _words(verb):
            lines.append(f"complete -c tutor -n '__fish_seen_subcommand_from {verb.name}' -a '{_words(verb)}'")
    lines += [f"complete -c tutor -l {option.name}" for option in GLOBAL_OPTIONS]
    return "\n".join(lines) + "\n"
