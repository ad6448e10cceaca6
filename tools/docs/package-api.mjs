// Writes a page of each package's exports for the site, by TypeDoc's Markdown plugin; the client has its reference.
import { globSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Application } from 'typedoc'

const folder = 'docs/api'
const name = (file) => file.split('/')[1]
const packages = globSync('packages/*/src/index.ts')
  .map(name)
  .filter((each) => each !== 'client')
  .toSorted((a, b) => a.localeCompare(b))

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const each of packages) {
  const out = `${folder}/${each}`
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: [`packages/${each}/src/index.ts`],
    tsconfig: `packages/${each}/tsconfig.json`,
    name: `@quayside/${each}`,
    readme: 'none',
    router: 'module',
    outputs: [{ name: 'markdown', path: out }],
    hideBreadcrumbs: true,
    hidePageHeader: true,
    disableSources: true,
    excludeInternal: true,
    logLevel: 'Error',
    // The compiler that checks our types is another one.
    skipErrorChecking: true,
  })
  const project = await app.convert()
  if (project === undefined) throw new Error(`${each} cannot be read`)
  await app.generateOutputs(project)
  renameSync(`${out}/README.md`, `${out}.md`)
  rmSync(out, { recursive: true })
}
writeFileSync(
  `${folder}/README.md`,
  [
    '# API of the packages',
    '',
    ...packages.map((each) => `- [@quayside/${each}](${each}.md)`),
    '',
  ].join('\n'),
)
console.log(`${packages.length} packages`)
