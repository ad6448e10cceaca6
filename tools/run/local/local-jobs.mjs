// Cloudflare fires the cron trigger of a deployed worker; nobody does for one that runs here.

const cron = encodeURIComponent('* * * * *')
const lookMs = 200
/** After a move of the clock the jobs run until this many runs in a row have changed nothing … */
const quietRuns = 3
/** … or this often, when they never come to rest. */
const maxRuns = 60

/**
 * Runs the jobs of the local worker in each minute of the clock it follows. A clock that was moved over many minutes
 * has left out their runs: the jobs then run until they change nothing more.
 */
export async function runLocalJobs({ worker, simulator, merchantKey, isStopping }) {
  const api = createApi(worker, merchantKey)
  let last = null
  while (!isStopping()) {
    try {
      const minute = await readMinute(simulator)
      // After a start it is not known how long nothing ran.
      const missed = last === null ? maxRuns : minute - last
      if (missed !== 0) {
        last = minute
        if (missed === 1) await runJobs(worker)
        else await runUntilQuiet(worker, api, missed < 0 ? 1 : Math.min(missed, maxRuns))
      }
    } catch (error) {
      if (!isStopping()) console.error(`The jobs of this minute did not run: ${error.message}`)
    }
    await new Promise((resolve) => setTimeout(resolve, lookMs))
  }
}

async function readMinute(simulator) {
  const response = await fetch(`${simulator}/_simulator/clock`)
  const { now } = await response.json()
  return Math.floor(Date.parse(now) / 60_000)
}

async function runJobs(worker) {
  await fetch(`${worker}/cdn-cgi/handler/scheduled?cron=${cron}`)
}

async function runUntilQuiet(worker, api, runs) {
  let before = await api.readChanges()
  for (let run = 0, quiet = 0; run < runs && quiet < quietRuns; run++) {
    await runJobs(worker)
    const after = await api.readChanges()
    quiet = after === before ? quiet + 1 : 0
    before = after
  }
}

/** Whatever the jobs change for anybody is an event or a reconciliation issue. */
function createApi(worker, merchantKey) {
  let newest = ''
  const read = async (path) => {
    const response = await fetch(`${worker}${path}`, {
      headers: { authorization: `Bearer ${merchantKey}` },
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return {
    async readChanges() {
      for (let isMore = true; isMore; ) {
        const { events, next } = await read(`/events?state=delivered&limit=100&after=${newest}`)
        newest = events.at(-1)?.id ?? newest
        isMore = next !== null
      }
      const { events } = await read('/events?state=pending')
      const issues = await read('/reconciliation-issues')
      return JSON.stringify({ newest, events, issues })
    },
  }
}
