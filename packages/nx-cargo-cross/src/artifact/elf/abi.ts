/** What the flags of an ELF header say about calling conventions, machine by machine. */
import type { ArmAttributes } from './attributes.js';
import type { FoundMachine } from '../machine.js';

/** What flags and attributes say; undefined where they are silent. */
export interface ElfAbi {
  readonly abi: string | undefined;
  readonly floatAbi: 'hard' | 'soft' | undefined;
}

/** aaelf32, "ARM-specific e_flags": only linked files carry them. */
const ARM_FLOAT_HARD = 0x400;
const ARM_FLOAT_SOFT = 0x200;
const VFP_ARGS_IN_CORE = 0;
const VFP_ARGS_IN_VFP = 1;

/** RISC-V psABI, "File Header": EF_RISCV_FLOAT_ABI, as the suffix of the ABI's name. */
const RISCV_FLOAT = ['', 'f', 'd', 'q'] as const;
/** LoongArch psABI, EF_LOONGARCH_ABI_MODIFIER. */
const LOONGARCH_FLOAT: Readonly<Record<number, string>> = { 1: 's', 2: 'f', 3: 'd' };
/** OpenPOWER ELFv2 ABI, EF_PPC64_ABI; 0 is "not said". */
const PPC64_ABI: Readonly<Record<number, string>> = { 1: 'elfv1', 2: 'elfv2' };

/** The calling convention that header flags and ARM attributes name; undefined where they are silent. */
export function elfAbi(machine: FoundMachine, flags: number, arm: ArmAttributes | undefined): ElfAbi {
  switch (machine) {
    case 'arm':
      return { abi: undefined, floatAbi: armFloatAbi(flags, arm) };
    case 'riscv64':
      return { abi: `lp64${RISCV_FLOAT[(flags >> 1) & 3] ?? ''}`, floatAbi: undefined };
    case 'loongarch64': {
      const float = LOONGARCH_FLOAT[flags & 7];
      return { abi: float && `lp64${float}`, floatAbi: undefined };
    }
    case 'powerpc64':
      return { abi: PPC64_ABI[flags & 3], floatAbi: undefined };
    default:
      return { abi: undefined, floatAbi: undefined };
  }
}

/**
 * The flags where they speak, else the attributes where they speak. An absent Tag_ABI_VFP_args formally means "core registers", but lld keeps
 * the attributes of the first object only, which may be assembly without it: absence is no evidence.
 */
function armFloatAbi(flags: number, arm: ArmAttributes | undefined): 'hard' | 'soft' | undefined {
  if (flags & ARM_FLOAT_HARD) return 'hard';
  if (flags & ARM_FLOAT_SOFT) return 'soft';
  if (arm?.vfpArguments === VFP_ARGS_IN_VFP) return 'hard';
  return arm?.vfpArguments === VFP_ARGS_IN_CORE ? 'soft' : undefined;
}
