"""`python -m zhuti`."""

import sys

from zhuti.commands import main

sys.exit(main())
