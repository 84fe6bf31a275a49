// `node dockerfile.mjs FILE` prints, as JSON, what the linter says of a Dockerfile, and its instructions.

import { readFileSync } from "node:fs";
import { DockerfileParser } from "dockerfile-ast";
import { validate } from "dockerfile-utils";

const text = readFileSync(process.argv[2], "utf8");
const instructions = DockerfileParser.parse(text).getInstructions().map((one) => ({
  keyword: one.getKeyword(),
  flags: (one.getFlags?.() ?? []).map((flag) => [flag.getName(), flag.getValue()]),
  text: one.getArgumentsContent() ?? "",
}));
const problems = validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
process.stdout.write(JSON.stringify({ problems, instructions }));
