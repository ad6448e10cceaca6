// The Node programs of this repository, bundled from source, so that they start on any Node from 22.12 on
// without a build step of their own.
import { build } from 'esbuild'

const programs = {
  simulator: 'packages/simulator/src/cli.ts',
  shop: 'apps/shop/src/cli.ts',
}

/** Bundles one program into .cache/ and returns the file to run. */
export async function bundleProgram(name) {
  const outfile = `.cache/programs/${name}.mjs`
  await build({
    entryPoints: [programs[name]],
    outfile,
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
  return outfile
}
