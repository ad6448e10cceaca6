import { installImp, type SdkSettings } from '../imp.ts'

// The server declares it in front of this script.
declare const settings: SdkSettings

installImp(window, settings)
