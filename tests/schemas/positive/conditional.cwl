{
  "cwlVersion": "v1.2",
  "class": "Workflow",
  "requirements": [
    {"class": "InlineJavascriptRequirement"},
    {"class": "MultipleInputFeatureRequirement"}
  ],
  "inputs": {"level": "int", "name": "string?"},
  "outputs": {
    "text": {
      "type": "string",
      "outputSource": ["first/out", "second/out"],
      "pickValue": "first_non_null"
    }
  },
  "steps": [
    {
      "id": "first",
      "when": "$(inputs.level > 2)",
      "in": [{"id": "level", "source": "level"}, {"id": "given", "source": "name", "default": "a"}],
      "out": ["out"],
      "run": {
        "class": "ExpressionTool",
        "inputs": {"given": "string"},
        "outputs": {"out": "string"},
        "expression": "${ return {'out': inputs.given + '\u00fc'}; }"
      }
    },
    {
      "id": "second",
      "in": [{"id": "given", "default": "b"}],
      "out": [{"id": "out"}],
      "run": {
        "class": "Operation",
        "inputs": [{"id": "given", "type": "string"}],
        "outputs": [{"id": "out", "type": "string"}]
      }
    }
  ]
}
