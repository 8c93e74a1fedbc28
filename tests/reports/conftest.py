"""Let the tests of this folder import `coded`, which makes coded sentences up."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
