"""`python -m comfy_bucket`, which works where the console script is not on the PATH."""

import sys

from .console import main

sys.exit(main())
