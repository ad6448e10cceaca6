import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { checks } from './checks.ts'
import type { PlantedFlaw } from './flaws.ts'

/** Bundles the checks with a flaw in the source, and returns them. Files stay as they are. */
export async function plant(flaw: PlantedFlaw, number: number): Promise<typeof checks> {
  const outfile = `.cache/simulation/planted-${number}.mjs`
  await build({
    entryPoints: ['tests/simulation/platform/planted/checks.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    plugins: [replaceSource(flaw)],
    // The packages of this repository are bundled from source; everything else is found where npm put it.
    alias: Object.fromEntries(
      ['core', 'client', 'hono', 'server'].map((name) => [
        `@quayside/${name}`,
        `./packages/${name}/src/index.ts`,
      ]),
    ),
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'error',
  })
  const planted: { readonly checks: typeof checks } = await import(
    /* @vite-ignore */ pathToFileURL(resolve(outfile)).href
  )
  return planted.checks
}

function replaceSource({ file, find, replace }: PlantedFlaw): Plugin {
  const path = resolve(file)
  return {
    name: 'planted-flaw',
    setup(bundle) {
      bundle.onLoad({ filter: /\.ts$/ }, async ({ path: loaded }) => {
        if (loaded !== path) return null
        const source = await readFile(path, 'utf8')
        if (!source.includes(find)) throw new TypeError(`Cannot find in ${file}: ${find}`)
        return { contents: source.replace(find, replace), loader: 'ts' }
      })
    },
  }
}
