import { installLinkScript, type LinkWindow } from '../link-script.ts'

declare const window: LinkWindow

installLinkScript(window)
