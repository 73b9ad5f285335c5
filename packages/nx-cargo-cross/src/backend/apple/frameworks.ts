/**
 * The public frameworks of macOS, and what is known of the names of their symbols. Names and paths only: nothing of Apple's is in here, and nothing else is
 * needed for a program to load a framework. Sources: Apple's developer documentation ("Technologies"); the install names in programs linked with Apple's
 * SDK; the prefixes as the crates objc2-*, core-foundation-sys, security-framework-sys, io-kit-sys and system-configuration-sys declare them.
 */

export interface Framework {
  readonly name: string;
  /** Where dyld loads it from. */
  readonly installName: string;
  /** What its symbols look like, without the leading `_`. */
  readonly symbols: RegExp;
  /** The pattern is known to hold for all of its symbols: what does not match cannot be in it. */
  readonly closed: boolean;
}

/** A constant's `k` before the prefix is Apple's habit everywhere. */
const prefixes = (...names: readonly string[]): RegExp => new RegExp(`^(?:_*k?(?:${names.join('|')}))`);

/** What any framework may hold: names that begin with a capital, `k` and a capital, and classes. No C++ and no Rust name does. */
const ANYTHING = /^_*k?[A-Z]/;

/** The version folder where it is not `A`. */
const VERSIONS: Readonly<Record<string, string>> = { AppKit: 'C', Foundation: 'C', Tcl: '8.5', Tk: '8.5' };

/** Closed ones: their prefixes were held against every symbol that the bindings above declare. */
const CLOSED: Readonly<Record<string, RegExp>> = {
  CoreFoundation: /^(?:_*k?CF[A-Z_0-9]|__CF|CFRange|OBJC_CLASS_\$_NS(?:Array|Dictionary|Date|Data|Set|Locale|TimeZone|Timer|RunLoop|InputStream|OutputStream))/,
  Security: /^(?:k?Sec[A-Z_]|kSec|sec_[a-z]|k?SSL|tls_|k?Authorization|k?CMS|k?Session[A-Z]|cssm|CSSM|MDS_|errSec|kX509|kCMS|kCode)/,
  SystemConfiguration: /^(?:k?SC[A-Z]|k?CN[A-Z]|DHCP)/,
  IOKit: /^(?:k?IO[A-Z_]|k?OS[A-Z]|k?NX[A-Z]|io_|kUSB|kHID|is_io_|k?AbsoluteTo|k?Nano|k?Add|k?Sub)/,
};

/** Known habits of the others. Not all that they hold is known, so a capital letter is enough to be possible. */
const PREFIXES: Readonly<Record<string, RegExp>> = {
  AVFoundation: prefixes('AV'),
  AVFAudio: prefixes('AVAudio', 'AVSpeech', 'AVMIDI'),
  AVKit: prefixes('AVPlayerView', 'AVPictureInPicture'),
  Accelerate: /^(?:cblas_|catlas_|appleblas_|vDSP_|vv[a-z]|vImage|BNNS|sparse_|Sparse|_Sparse|la_|quadrature|[sdcz][a-z0-9]{3,7}_$|vec|biquad)/,
  AppKit: prefixes('NS'),
  ApplicationServices: prefixes('AX', 'CG', 'CT', 'CM[A-Z]', 'ColorSync', 'PM[A-Z]', 'CGImage', 'HI', 'Process', 'GetProcess', 'SetFrontProcess', 'ATS', 'ImageIO', 'TransformProcessType', 'Icon'),
  AudioToolbox: prefixes('Audio', 'AU[A-Z]', 'MusicPlayer', 'MusicSequence', 'MusicTrack', 'NewAUGraph', 'DisposeAUGraph', 'ExtAudioFile', 'CAShow', 'MusicDevice', 'NewMusic', 'DisposeMusic'),
  AudioUnit: prefixes('AudioUnit', 'AudioComponent', 'AudioOutputUnit'),
  Carbon: prefixes('TIS', 'LM[A-Z]', 'UC[A-Z]', 'Event', 'InstallEvent', 'RegisterEventHotKey', 'UnregisterEventHotKey', 'GetEvent', 'HI', 'KB', 'GetApplicationEventTarget', 'RemoveEvent', 'EnableSecureEventInput', 'DisableSecureEventInput', 'IsSecureEventInputEnabled', 'GetCurrentEvent', 'Menu', 'Win', 'GetCurrentKeyModifiers'),
  CFNetwork: prefixes('CFHTTP', 'CFNetwork', 'CFHost', 'CFFTP', 'CFNetService', 'CFProxy', 'CFReadStreamCreateFor', 'CFStreamCreatePairWithSocketTo', 'CFStreamSOCKS'),
  Cocoa: prefixes('NS'),
  ColorSync: prefixes('ColorSync'),
  CoreAudio: prefixes('AudioObject', 'AudioDevice', 'AudioHardware', 'AudioStream', 'AudioConvertHostTime', 'AudioGet', 'AudioDriver'),
  CoreBluetooth: prefixes('CB[A-Z]'),
  CoreData: prefixes('NS(?:Managed|Persistent|Fetch|Entity|Attribute|Relationship|Merge|SQLite|Core|Inferred|Migrat|Store|Binary|InMemory|XML|Refreshed|Deleted|Inserted|Updated)'),
  CoreGraphics: prefixes('CG', 'ColorSync'),
  CoreImage: prefixes('CI'),
  CoreLocation: prefixes('CL[A-Z]'),
  CoreMedia: prefixes('CM[A-Z]'),
  CoreMIDI: prefixes('MIDI'),
  CoreML: prefixes('ML[A-Z]'),
  CoreServices: prefixes('FSEvent', 'LS[A-Z]', 'MD[A-Z]', 'UT[A-Z]', 'CS[A-Z]', 'FS[A-Z]', 'SK[A-Z]', 'DCS', 'AE[A-Z]', 'Gestalt', 'Text', 'UC[A-Z]', 'Collection', 'Icon', 'File', 'PB[A-Z]', 'WS[A-Z]', 'AH', 'Delay', 'MP[A-Z]', 'NewFSEvent', 'Microseconds', 'UpTime', 'Absolute'),
  CoreText: prefixes('CT[A-Z]'),
  CoreVideo: prefixes('CV[A-Z]'),
  CoreWLAN: prefixes('CW[A-Z]'),
  DiskArbitration: prefixes('DA[A-Z]'),
  EndpointSecurity: /^es_/,
  Foundation: prefixes('NS', 'OBJC_CLASS_\\$_NS', 'OBJC_METACLASS_\\$_NS'),
  GSS: /^(?:gss_|GSS|__gss_|krb5_)/,
  Hypervisor: /^hv_/,
  IOBluetooth: prefixes('IOBluetooth', 'OBEX'),
  IOSurface: prefixes('IOSurface'),
  ImageIO: prefixes('CGImage'),
  JavaScriptCore: prefixes('JS'),
  Kerberos: /^(?:krb5_|gss_|cc_|kim_|KL[A-Z])/,
  LDAP: /^(?:ldap|ber)_/,
  LocalAuthentication: prefixes('LA[A-Z]'),
  Metal: prefixes('MTL'),
  MetalKit: prefixes('MTK'),
  MetalPerformanceShaders: prefixes('MPS'),
  NaturalLanguage: prefixes('NL[A-Z]'),
  Network: /^(?:_*nw_|kNW)/,
  NetworkExtension: prefixes('NE[A-Z]'),
  OSLog: prefixes('OSLog'),
  OpenAL: /^alc?[A-Z]/,
  OpenCL: /^(?:cl|gcl)[A-Z_]/,
  OpenDirectory: prefixes('OD[A-Z]'),
  OpenGL: /^(?:gl[A-Z]|CGL)/,
  PDFKit: prefixes('PDF'),
  QuartzCore: prefixes('CA[A-Z]'),
  QuickLook: prefixes('QL[A-Z]'),
  SceneKit: prefixes('SCN'),
  ScreenCaptureKit: prefixes('SC[A-Z]'),
  ServiceManagement: prefixes('SM[A-Z]'),
  StoreKit: prefixes('SK[A-Z]'),
  UniformTypeIdentifiers: prefixes('UT'),
  UserNotifications: prefixes('UN[A-Z]'),
  VideoToolbox: prefixes('VT[A-Z]'),
  Virtualization: prefixes('VZ'),
  Vision: prefixes('VN'),
  WebKit: prefixes('WK', 'Web', 'DOM'),
  vmnet: /^vmnet_/,
};

/** Public ones of which nothing more needs to be known. */
const OTHERS =
  'AGL AVRouting Accessibility Accounts AdServices AdSupport AddressBook AppIntents AppTrackingTransparency AppleScriptKit AppleScriptObjC AuthenticationServices ' +
  'AutomaticAssessmentConfiguration Automator BackgroundAssets BackgroundTasks BusinessChat CalendarStore CallKit CarKey Charts Cinematic ClassKit CloudKit Collaboration ' +
  'Combine Contacts ContactsUI CoreAudioKit CoreAudioTypes CoreDisplay CoreHaptics CoreMIDIServer CoreMediaIO CoreMotion CoreSpotlight CoreTelephony CoreTransferable ' +
  'CreateML CryptoKit CryptoTokenKit DVDPlayback DataDetection DeveloperToolsSupport DeviceActivity DeviceCheck DeviceDiscoveryExtension DirectoryService DiscRecording ' +
  'DiscRecordingUI DriverKit EventKit ExceptionHandling ExecutionPolicy ExtensionFoundation ExtensionKit ExternalAccessory FSKit FWAUserLib FileProvider FileProviderUI ' +
  'FinderSync ForceFeedback GLKit GLUT GameController GameKit GameplayKit GroupActivities HealthKit ICADevices IMServicePlugIn IOBluetoothUI IOUSBHost IdentityLookup ' +
  'ImageCaptureCore InputMethodKit InstallerPlugins InstantMessage Intents IntentsUI JavaNativeFoundation JavaRuntimeSupport JavaVM KernelManagement LatentSemanticMapping ' +
  'LinkPresentation MLCompute MailKit ManagedSettings MapKit MediaAccessibility MediaLibrary MediaPlayer MediaToolbox Message MetalFX MetalPerformanceShadersGraph ' +
  'MetricKit ModelIO MultipeerConnectivity MusicKit NearbyInteraction NetFS NotificationCenter OSAKit PCSC PHASE ParavirtualizedGraphics PassKit PencilKit Photos PhotosUI ' +
  'PreferencePanes ProximityReader PushKit PushToTalk Quartz QuickLookThumbnailing QuickLookUI RealityFoundation RealityKit ReplayKit Ruby SafariServices SafetyKit ' +
  'ScreenSaver ScreenTime ScriptingBridge SecurityFoundation SecurityInterface SensitiveContentAnalysis SensorKit SharedWithYou SharedWithYouCore ShazamKit ' +
  'SoundAnalysis Speech SpriteKit Spatial SwiftData SwiftUI SyncServices System SystemExtensions TWAIN TabularData Tcl TipKit Tk ThreadNetwork Translation UserNotificationsUI ' +
  'VideoDecodeAcceleration VideoSubscriberAccount WeatherKit WidgetKit WorkoutKit iTunesLibrary vecLib';

const FRAMEWORKS: ReadonlyMap<string, Framework> = new Map(
  [...Object.keys(CLOSED), ...Object.keys(PREFIXES), ...OTHERS.split(' ')].map((name) => [
    name,
    {
      name,
      installName: `/System/Library/Frameworks/${name}.framework/Versions/${VERSIONS[name] ?? 'A'}/${name}`,
      symbols: CLOSED[name] ?? PREFIXES[name] ?? ANYTHING,
      closed: name in CLOSED,
    },
  ]),
);

/** The framework of that name, or undefined where macOS has none that is public. */
export function framework(name: string): Framework | undefined {
  return FRAMEWORKS.get(name);
}

/** Every name, for "did you mean". */
export function frameworkNames(): readonly string[] {
  return [...FRAMEWORKS.keys()];
}

/** Whether the framework might hold a symbol of which nobody said anything. */
export function mayHold({ symbols, closed }: Pick<Framework, 'symbols' | 'closed'>, symbol: string): 'claims' | 'possible' | 'never' {
  const bare = symbol.replace(/^_/, '');
  // Mangled names of C++ and Rust.
  if (/^_[ZR]/.test(bare)) return 'never';
  if (symbols !== ANYTHING && symbols.test(bare)) return 'claims';
  return !closed && ANYTHING.test(bare) ? 'possible' : 'never';
}
