extension Gate {
  /// The catalogue: every gate with a name of its own, by family.
  ///
  /// Besides these there are ``pauliRotation(_:)`` and ``unitary(_:tolerance:)``, and every gate under
  /// any controls and to any power.
  public static let all: [Gate] = [
    .id, .x, .y, .z,
    .h, .s, .sdg, .t, .tdg, .sx, .sxdg, .sy, .sqrtw,
    .rx, .ry, .rz, .r, .p,
    .u1, .u2, .u3, .u,
    .cx, .cy, .cz, .ch, .cs, .csdg, .csx,
    .cp, .crx, .cry, .crz, .cu,
    .swap, .iswap, .sqrtiswap, .dcx, .fsim,
    .rxx, .ryy, .rzz, .rzx, .ecr,
    .ccx, .ccz, .cswap,
    .gphase,
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The gate of the catalogue with this name; nil if there is none.
  public static func named(_ name: String) -> Gate? { byName[name] }
}
