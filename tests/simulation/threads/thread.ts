import { parentPort } from 'node:worker_threads'
import { type Job, runJob } from './job.ts'

// A thread of the pool: receives a job, sends its progress, sends its result.

let reportedAt = 0
parentPort?.on('message', async (job: Job) => {
  const result = await runJob(job, (cases) => {
    if (Date.now() - reportedAt < 200) return
    reportedAt = Date.now()
    parentPort?.postMessage({ cases })
  })
  parentPort?.postMessage({ done: result })
})
