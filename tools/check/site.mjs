// Builds the site of the documentation in .cache/docs, with the API of the packages. Fails on a link that leads nowhere.
import { spawnSync } from 'node:child_process'

const commands = [
  ['node', 'tools/docs/package-api.mjs'],
  ['docs/node_modules/.bin/vitepress', 'build', 'docs'],
]
for (const [command, ...words] of commands) {
  const { status } = spawnSync(command, words, { stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
