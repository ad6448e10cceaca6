// node packages/server/openapi.generate.mjs
import { writeFileSync } from 'node:fs'
import { createDescription } from './src/openapi/document.ts'

const folder = new URL('src/openapi/', import.meta.url)
const description = createDescription()
writeFileSync(new URL('openapi.json', folder), `${JSON.stringify(description, null, 2)}\n`)
// The engine reads a text of this length in a fraction of the time that it needs for the object.
const text = JSON.stringify(JSON.stringify(description))
writeFileSync(
  new URL('generated/openapi-text.ts', folder),
  `// Made by openapi.generate.mjs: the text of openapi.json, as it is served.\nexport const openapiText: string =\n  ${text}\n`,
)
