// Bundles a command of the simulation and runs it, so that its threads start from one file.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

export async function runBundled(name, entry) {
  const outfile = `.cache/simulation/${name}.mjs`
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    // Its paths are the packages of this repository, bundled from source; everything else is found where npm put it.
    tsconfig: 'tsconfig.json',
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'warning',
  })
  await import(pathToFileURL(resolve(outfile)).href)
}
