// What JSR gets of each library: the sources, and a jsr.json that is written from its package.json, so that a version, an entry or a
// range stands in one place. `npm run jsr` writes them (--write); without the option it makes the workspace from which they are published.
import { cpSync, globSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const target = resolve('.cache/jsr')
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** The folders of the libraries. */
export const libraries = globSync('packages/*/package.json')
  .map((file) => file.replace(/\/package\.json$/, ''))
  .sort()

/** Copies what would be published, as a workspace in which Deno finds the packages of each other; returns its folder. */
export function createWorkspace() {
  rmSync(target, { recursive: true, force: true })
  for (const folder of libraries) {
    const copy = `${target}/${basename(folder)}`
    const config = toJsrConfig(folder)
    for (const pattern of config.publish.include)
      for (const file of globSync(pattern, { cwd: folder, exclude: config.publish.exclude }))
        cpSync(`${folder}/${file}`, `${copy}/${file}`, { recursive: true })
    // `deno doc` reads no jsr.json of a member.
    writeFileSync(`${copy}/deno.json`, JSON.stringify(config))
  }
  const root = readJson('package.json')
  const external = libraries.flatMap((folder) => {
    const { dependencies, peerDependencies, devDependencies } = readJson(`${folder}/package.json`)
    return Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies })
  })
  const dependencies = Object.fromEntries(
    [...external, '@types/node'].filter((name) => !isOwn(name)).map((name) => [name, '*']),
  )
  const config = {
    workspace: libraries.map((folder) => `./${basename(folder)}`),
    // The packages of the lockfile; Deno accepts only those that a package.json names.
    nodeModulesDir: 'manual',
    compilerOptions: {
      lib: ['esnext', 'dom', 'dom.iterable', 'dom.asynciterable', 'deno.ns'],
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
    },
  }
  writeFileSync(`${target}/deno.json`, JSON.stringify(config))
  writeFileSync(
    `${target}/package.json`,
    JSON.stringify({ private: true, license: root.license, dependencies }),
  )
  symlinkSync(resolve('node_modules'), `${target}/node_modules`)
  return target
}

/** What the jsr.json of a library says. */
export function toJsrConfig(folder) {
  const { name, version, license, exports, files, ...manifest } = readJson(`${folder}/package.json`)
  const needed = { ...manifest.dependencies, ...manifest.peerDependencies }
  const imports = Object.entries(needed).map(([each, range]) => [
    each,
    `${isOwn(each) ? 'jsr' : 'npm'}:${each}@${toCaret(range, manifest.devDependencies?.[each])}`,
  ])
  return {
    name,
    version,
    license,
    exports: Object.fromEntries(toEntries(folder, exports)),
    ...(imports.length === 0 ? {} : { imports: Object.fromEntries(imports) }),
    publish: {
      include: [
        'src/**/*.ts',
        'src/**/*.json',
        ...files.filter((file) => !/dist|CHANGELOG/.test(file)).map((file) => `${file}/**`),
        'README.md',
        'LICENSE',
        'CHANGELOG.md',
      ],
      exclude: ['src/**/*.test.ts', 'src/**/*.contract.ts'],
    },
  }
}

/** Each entry with its source; JSR has no patterns, so one of npm becomes its files. */
function toEntries(folder, exports) {
  return Object.entries(exports)
    .filter(([entry]) => entry !== './package.json')
    .flatMap(([entry, { default: built }]) => {
      const { default: path } = typeof built === 'string' ? { default: built } : built
      const source = path.replace('/dist/', '/src/').replace(/\.js$/, '.ts')
      if (!entry.includes('*')) return [[entry, source]]
      const [before, after] = source.split('*')
      return globSync(source, { cwd: folder, exclude: ['**/*.test.ts'] })
        .map((file) => `./${file.replace(/^\.\//, '')}`)
        .sort()
        .map((file) => [
          entry.replace('*', file.slice(before.length, file.length - after.length)),
          file,
        ])
    })
}

const isOwn = (name) => name.startsWith('@quayside/')

/** JSR knows no `>=`: the version that is tested here, and what is compatible with it. */
const toCaret = (range, tested) => (range.startsWith('>=') ? `^${tested}` : range)

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
  if (values.write)
    for (const folder of libraries)
      writeFileSync(`${folder}/jsr.json`, JSON.stringify(toJsrConfig(folder), null, 2))
  else console.log(createWorkspace())
}
