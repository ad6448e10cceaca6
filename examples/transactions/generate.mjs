// Generates Prisma's client into `generated`, as `prisma generate` does, whose package would bring a studio and a database.
import { createRequire } from 'node:module'
import { join } from 'node:path'

// Node finds only the CommonJS of these packages: their ES modules name files without an extension.
const require = createRequire(import.meta.url)
const { PrismaClientTsGenerator } = require('@prisma/client-generator-ts')
const { getGenerators, loadSchemaContext } = require('@prisma/internals')

const generators = await getGenerators({
  schemaContext: await loadSchemaContext({
    schemaPath: { cliProvidedPath: join(import.meta.dirname, 'schema.prisma') },
    printLoadMessage: false,
  }),
  registry: { 'prisma-client': { type: 'in-process', generator: new PrismaClientTsGenerator() } },
})
for (const generator of generators) {
  await generator.generate()
  generator.stop()
}
