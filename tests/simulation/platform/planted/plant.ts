import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { checks } from './checks.ts'
import type { Edit, PlantedFlaw } from './flaws.ts'

/** Bundles the checks with a flaw in the source, and returns them. Files stay as they are. */
export async function plant({ edits }: PlantedFlaw, number: number): Promise<typeof checks> {
  const outfile = `.cache/simulation/planted-${number}.mjs`
  await build({
    entryPoints: ['tests/simulation/platform/planted/checks.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    plugins: [replaceSource(edits)],
    // Its paths are the packages of this repository, bundled from source; everything else is found where npm put it.
    tsconfig: 'tsconfig.json',
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

/** A plugin of esbuild that changes sources while they are bundled. */
export function replaceSource(edits: readonly Edit[]): Plugin {
  return {
    name: 'planted-flaw',
    setup(bundle) {
      bundle.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const here = edits.filter(({ file }) => resolve(file) === path)
        if (here.length === 0) return null
        const source = await readFile(path, 'utf8')
        return { contents: here.reduce(apply, source), loader: 'ts' }
      })
    },
  }
}

function apply(source: string, { file, find, replace }: Edit): string {
  if (!source.includes(find)) throw new TypeError(`Cannot find in ${file}: ${find}`)
  return source.replace(find, replace)
}
