import { parentPort } from 'node:worker_threads'
import { type Job, runJob } from './job.ts'

// A thread of the crew: takes a job, says how far it is, hands in what came of it.

let reportedAt = 0
parentPort?.on('message', async (job: Job) => {
  const result = await runJob(job, (cases) => {
    if (Date.now() - reportedAt < 200) return
    reportedAt = Date.now()
    parentPort?.postMessage({ cases })
  })
  parentPort?.postMessage({ done: result })
})
