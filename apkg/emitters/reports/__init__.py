"""Reports for other programs: SARIF, JUnit XML, and workflow commands of GitHub."""
