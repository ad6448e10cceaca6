// The simulator's browser scripts, bundled from packages/simulator/src/checkout/sdk into a module of strings: the
// simulator also runs where there is no file system to read a script from. `--write` writes the module anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const folder = 'packages/simulator/src/checkout'
const file = `${folder}/browser-scripts.ts`
const scripts = {
  impScript: 'imp',
  channelFrameScript: 'channel-frame',
  windowScript: 'window',
  linkScript: 'link',
}

const header = '// Written by `npm run browser-scripts` from sdk/; not edited by hand.\n'
const constants = await Promise.all(
  Object.entries(scripts).map(async ([name, entry]) => toConstant(name, await bundleScript(entry))),
)
const text = header + constants.join('')

if (process.argv.includes('--write')) writeFileSync(file, text)
const isUpToDate = readFileSync(file, 'utf8') === text
console.log(isUpToDate ? `${file} is up to date` : `${file}: out of date; npm run browser-scripts`)
process.exit(isUpToDate ? 0 : 1)

async function bundleScript(entry) {
  const { outputFiles } = await build({
    entryPoints: [`${folder}/sdk/entries/${entry}.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    tsconfig: `${folder}/sdk/tsconfig.json`,
    logLevel: 'error',
  })
  return outputFiles[0].text
}

function toConstant(name, script) {
  const escaped = script.replaceAll(/[\\`]|\$\{/g, (match) => `\\${match}`)
  return `\nexport const ${name} = \`${escaped}\`\n`
}
