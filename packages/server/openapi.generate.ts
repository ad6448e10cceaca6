// node packages/server/openapi.generate.ts > packages/server/src/openapi/openapi.json
import { createDescription } from './src/openapi/document.ts'

// oxlint-disable-next-line no-console -- the output is the file
console.log(JSON.stringify(createDescription(), null, 2))
