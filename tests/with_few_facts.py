"""Run factbot with another folder of built-in facts: with_few_facts.py FOLDER ARGUMENTS.

Reading all of our own takes a process over a second.
"""

import sys
from pathlib import Path

import knowledge.base
import knowledge.files.folders
from bot.cli.main import main

if __name__ == "__main__":
    folder = Path(sys.argv.pop(1))
    for module in (knowledge.base, knowledge.files.folders):
        vars(module)["BUILT_IN"] = folder
    main()
