/** The oldest Node on which the program runs, as `engines` of its package says. */
const oldest = { major: 22, minor: 19 } as const

/** What to do about a Node that is too old, as npm installs the program there all the same; null on any other. */
export function explainNode(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isTooOld = major < oldest.major || (major === oldest.major && minor < oldest.minor)
  return isTooOld
    ? `quayside needs Node ${oldest.major}.${oldest.minor} or newer, and this is Node ${version}: install it from https://nodejs.org, then start quayside again.`
    : null
}
