import { runShop } from './shop-cli.ts'

await runShop()
