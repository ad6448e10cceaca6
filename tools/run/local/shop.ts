// The shop as apps/shop/src/cli.ts starts it, except for its clock: the events it receives are signed with the time of
// the payment server, and its library compares that with `Date.now()`.
import { runShop } from '../../../apps/shop/src/shop-cli.ts'
import { followClock } from './followed-clock.ts'

const clock = followClock(String(process.env['CLOCK_URL']))
Date.now = clock.now
await runShop(clock.refresh)
