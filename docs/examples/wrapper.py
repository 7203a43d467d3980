import argparse

from pipeline import PipelineError, draft

parser = argparse.ArgumentParser(description="Drafts an incident, for our chat bot to post.")
parser.add_argument("incident")
try:
    result = draft(parser.parse_args().incident, out="drafts")
except PipelineError as error:
    parser.exit(error.exit_code, f"sorry: {error}\n")
print(f"{result.verdict}: {result.folder}, {len(result.action_items.items)} items")
