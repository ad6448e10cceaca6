import { installWindowScript } from '../window-script.ts'

installWindowScript(window)
