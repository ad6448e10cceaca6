// What a user reads whose project lacks something: each message names the cure.
import { rmSync } from 'node:fs'
import { findMissing, folder, install, newest, runNode } from './project.mjs'

/** The problems, as sentences. */
export function findRefusalProblems(packages) {
  const oldHono = tryInstall(packages, ['core', 'client', 'hono'], { hono: '4.7.0' })
  const used = ['core', 'client', 'hono', 'rules', 'server']
  install(packages, used, { hono: newest('hono'), zod: newest('zod') })
  const same =
    "import('@quayside/core').then(m => console.log(require('@quayside/core').decide === m.decide))"
  const ask = (code, ...args) => runNode([...args, '-e', code])
  const [whole, oldNode] = [
    ask(same),
    ask("require('@quayside/core')", '--no-experimental-require-module'),
  ]
  const isMissing = (peer, name) => {
    rmSync(`${folder}/node_modules/${peer}`, { recursive: true })
    return ask(`require('@quayside/${name}')`)
  }
  return findMissing([
    ['hono 4.7: npm names the version that is needed', oldHono, 'peer hono@"^4.8.0"'],
    ['CommonJS: require() gives the module of import', whole, 'true'],
    ['CommonJS: an older Node', oldNode, 'Use Node 20.19 or newer'],
    ['CommonJS: no zod', isMissing('zod', 'server'), "'zod@^4.6.0'"],
    ['CommonJS: no hono', isMissing('hono', 'hono'), "npm install 'hono@^4.8.0'"],
  ])
}

function tryInstall(...project) {
  try {
    install(...project)
    return 'npm installed it'
  } catch (cause) {
    return String(cause)
  }
}
