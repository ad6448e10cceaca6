// The first program of npm start and npm test: written for any Node, because what follows ends on an old one with a stack trace.
'use strict'

/** Whether a Node is older than what installs and checks the rest. */
function isTooOld(version) {
  return Number(version.split('.')[0]) < 20
}

if (require.main === module && isTooOld(process.versions.node)) {
  console.error(
    'Node ' +
      process.versions.node +
      ' is too old: install Node 22.13 or newer (https://nodejs.org).',
  )
  process.exit(1)
}

module.exports = { isTooOld: isTooOld }
