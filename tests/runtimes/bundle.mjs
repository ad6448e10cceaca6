// The suite as one file: with the sources of the packages, or with imports that a runtime resolves itself.
import { join } from 'node:path'
import { build } from 'esbuild'

const folder = import.meta.dirname

/** A script that defines `suite.run()`, for what has no modules of npm. */
export async function bundleScript() {
  return bundle('suite.ts', { format: 'iife', globalName: 'suite', platform: 'neutral' })
}

/** A module of the suite with nothing to import. */
export async function bundleModule(entry) {
  return bundle(entry, { format: 'esm', platform: 'neutral' })
}

/** A module that prints the result, and imports the packages by their names as a user's program does. */
export async function bundleUser() {
  const byName = {
    name: 'packages by their names',
    setup: ({ onResolve }) => {
      onResolve({ filter: /^@quayside\// }, ({ path }) => ({ path, external: true }))
      // The fixtures of core import its source.
      onResolve({ filter: /\/src\/index\.ts$/ }, () => ({ path: '@quayside/core', external: true }))
    },
  }
  return bundle('print.ts', {
    format: 'esm',
    platform: 'neutral',
    external: ['node:*'],
    plugins: [byName],
  })
}

async function bundle(entry, options) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, entry)],
    bundle: true,
    write: false,
    logLevel: 'warning',
    ...options,
  })
  return outputFiles[0].text
}
