// The Node programs of this repository, bundled from source, so that they start on any Node from 22.12 on
// without a build step of their own.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { build } from 'esbuild'

const programs = {
  simulator: 'packages/simulator/src/cli.ts',
  shop: 'tools/run/local/shop.ts',
}

/** Bundles one program into .cache/ and returns the file to run. */
export async function bundleProgram(name) {
  const outfile = `.cache/programs/${name}.mjs`
  const { outputFiles } = await build({
    entryPoints: [programs[name]],
    outfile,
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    sourcemap: true,
    logLevel: 'warning',
    // Some dependencies are CommonJS and ask for Node's own modules by require.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  })
  mkdirSync(dirname(outfile), { recursive: true })
  for (const { path, contents } of outputFiles) {
    // Another process may be starting the same program: it must find a whole file.
    writeFileSync(`${path}.${process.pid}`, contents)
    renameSync(`${path}.${process.pid}`, path)
  }
  return outfile
}
