// The simulator's browser scripts, bundled into modules of strings: the simulator also runs where there is no file system
// to read a script from. `--write` writes the modules anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const source = 'packages/simulator/src'
const modules = [
  {
    file: `${source}/checkout/browser-scripts.ts`,
    folder: `${source}/checkout/sdk`,
    scripts: {
      impScript: 'entries/imp',
      channelFrameScript: 'entries/channel-frame',
      windowScript: 'entries/window',
      linkScript: 'entries/link',
    },
  },
  {
    file: `${source}/console/console-script.ts`,
    folder: `${source}/console/page-script`,
    scripts: { consoleScript: 'entry' },
  },
]

let isUpToDate = true
for (const { file, folder, scripts } of modules) {
  const header = `// Written by \`npm run browser-scripts\` from ${folder.split('/').at(-1)}/; not edited by hand.\n`
  const constants = await Promise.all(
    Object.entries(scripts).map(async ([name, entry]) =>
      toConstant(name, await bundleScript(folder, entry)),
    ),
  )
  const text = header + constants.join('')
  if (process.argv.includes('--write')) writeFileSync(file, text)
  const isSame = readFileSync(file, 'utf8') === text
  console.log(isSame ? `${file} is up to date` : `${file}: out of date; npm run browser-scripts`)
  isUpToDate &&= isSame
}
process.exit(isUpToDate ? 0 : 1)

async function bundleScript(folder, entry) {
  const { outputFiles } = await build({
    entryPoints: [`${folder}/${entry}.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    tsconfig: `${folder}/tsconfig.json`,
    logLevel: 'error',
  })
  return outputFiles[0].text
}

function toConstant(name, script) {
  const escaped = script.replaceAll(/[\\`]|\$\{/g, (match) => `\\${match}`)
  return `\nexport const ${name} = \`${escaped}\`\n`
}
