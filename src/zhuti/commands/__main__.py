"""`python -m zhuti.commands`."""

import sys

from zhuti.commands import main

sys.exit(main())
