# Touches each page of a big stack frame in turn; rax holds its size.
.text
.globl __chkstk
__chkstk:
  push %rcx
  push %rax
  cmp $0x1000, %rax
  lea 24(%rsp), %rcx
  jb 2f
1:
  sub $0x1000, %rcx
  test %rcx, (%rcx)
  sub $0x1000, %rax
  cmp $0x1000, %rax
  ja 1b
2:
  sub %rax, %rcx
  test %rcx, (%rcx)
  pop %rax
  pop %rcx
  ret
.section .rdata,"dr"
.globl "??_7type_info@@6B@"
.p2align 3
"??_7type_info@@6B@":
  .quad 0
