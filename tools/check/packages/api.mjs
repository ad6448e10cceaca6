// The public names and types of each library, in packages/*/*.api.md: a change of them is seen in a review. `npm run api` writes the pages.
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { published } from './pack.mjs'

const require = createRequire(resolve('tools/packages/package.json'))
const { Extractor, ExtractorConfig } = require('@microsoft/api-extractor')
const temporary = resolve('.cache/api')
const isWriting = process.argv.includes('--write')

/** The libraries whose page differs from what is built. */
export function findApiProblems() {
  mkdirSync(temporary, { recursive: true })
  return published.filter((folder) => folder.startsWith('packages/')).flatMap(compare)
}

function compare(folder) {
  const problems = []
  const { apiReportChanged, errorCount } = Extractor.invoke(toConfig(folder), {
    localBuild: isWriting,
    messageCallback: (message) => {
      message.handled = true
      if (message.logLevel === 'error') problems.push(`${folder}: ${message.text}`)
    },
  })
  if (apiReportChanged && !isWriting)
    problems.push(`${folder}: its page of the API is not what is built: npm run api`)
  console.log(`${problems.length === 0 && errorCount === 0 ? '✓' : '✗'} api ${folder}`)
  return problems
}

function toConfig(folder) {
  const projectFolder = resolve(folder)
  const entry = `${projectFolder}/dist/index.d.ts`
  const compilerOptions = {
    target: 'es2022',
    module: 'nodenext',
    moduleResolution: 'nodenext',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: ['node'],
    strict: true,
    skipLibCheck: true,
  }
  const none = { default: { logLevel: 'none' } }
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: `${projectFolder}/package.json`,
    configObject: {
      projectFolder,
      mainEntryPointFilePath: entry,
      // It brings a TypeScript of its own, because the one that checks our types has no API.
      compiler: { overrideTsconfig: { compilerOptions, files: [entry] } },
      apiReport: {
        enabled: true,
        reportFolder: projectFolder,
        reportTempFolder: temporary,
        reportFileName: basename(folder),
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: none,
        tsdocMessageReporting: none,
      },
    },
  })
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = findApiProblems()
  for (const problem of problems) console.error(problem)
  process.exit(problems.length === 0 ? 0 : 1)
}
