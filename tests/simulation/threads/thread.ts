import { parentPort } from 'node:worker_threads'
import { type Job, work } from './job.ts'

// A thread of the crew: takes a job, says how far it is, hands in what came of it.

let told = 0
parentPort?.on('message', async (job: Job) => {
  const done = await work(job, (cases) => {
    if (Date.now() - told < 200) return
    told = Date.now()
    parentPort?.postMessage({ cases })
  })
  parentPort?.postMessage({ done })
})
