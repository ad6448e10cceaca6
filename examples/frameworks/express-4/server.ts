import { nodeHandler } from '@quayside/node'
import express from 'express4'
import { payments } from '../payments.ts'

const app = express()
app.use(nodeHandler(payments))

// Where a parser must come first, and below a path, they work too.
app.use(express.json(), express.urlencoded({ extended: false }))
app.use('/api', nodeHandler(payments))

app.get('/', (_request, response) => {
  response.send('the shop')
})
app.listen(Number(process.env.PORT))
