using dnlib.DotNet;
using dnlib.DotNet.Emit;
using FieldAttributes = dnlib.DotNet.FieldAttributes;
using TypeAttributes = dnlib.DotNet.TypeAttributes;

namespace Nonlinear.Mutation;

/// <summary>
/// What an assembly with mutants asks wherever one may be switched on. Stryker's own form asks a file, and is too long to be inlined; this
/// one compares a number, and notes that somebody was here.
/// </summary>
internal sealed class MutantSwitch
{
    // More than there are mutants.
    private const int Most = 1 << 16;

    // Their names for the process: tests of other widths of vectors load the assembly once more, and all copies have one switch.
    private const string Type = "MutantSwitch", ActiveName = "Active", ReachedName = "Reached";

    private readonly int[] _active = [-1];
    private readonly bool[] _reached = new bool[Most];

    /// <summary>Takes hold of the switch, before anything of an assembly with mutants has run.</summary>
    public MutantSwitch()
    {
        AppDomain.CurrentDomain.SetData(ActiveName, _active);
        AppDomain.CurrentDomain.SetData(ReachedName, _reached);
    }

    /// <summary>The mutant that is on; -1 for none.</summary>
    public int Active
    {
        set => Volatile.Write(ref _active[0], value);
    }

    /// <summary>Forgets what was reached.</summary>
    public void Forget() => Array.Clear(_reached);

    /// <summary>The mutants that could have changed what ran since then.</summary>
    public int[] Reached() => [.. Enumerable.Range(0, Most).Where(mutant => _reached[mutant])];

    /// <summary>Whether this mutant could have.</summary>
    public bool HasReached(Mutant mutant) => _reached[mutant.Id];

    /// <summary>Gives an assembly of Stryker's this switch; does nothing to one without mutants, whose tests Stryker runs first.</summary>
    public static void Build(string assembly, string place)
    {
        using ModuleDefMD module = ModuleDefMD.Load(assembly);
        if (module.GetTypes().SingleOrDefault(one => one.Name == "MutantControl")?.FindMethod("IsActive") is not { } asked)
            return;
        TypeDefUser type = new(Type, module.CorLibTypes.Object.TypeDefOrRef)
        {
            Attributes = TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit,
        };
        module.Types.Add(type);
        FieldDef active = Field(ActiveName, module.CorLibTypes.Int32), reached = Field(ReachedName, module.CorLibTypes.Boolean);
        MethodDef initial = type.FindOrCreateStaticConstructor();
        initial.Body = Body([.. Taken(active), .. Taken(reached), OpCodes.Ret.ToInstruction()]);
        asked.ImplAttributes |= dnlib.DotNet.MethodImplAttributes.AggressiveInlining;
        // Reached[mutant] = true; return Active[0] == mutant;
        asked.Body = Body(
        [
            OpCodes.Ldsfld.ToInstruction(reached), OpCodes.Ldarg_0.ToInstruction(), OpCodes.Ldc_I4_1.ToInstruction(),
            OpCodes.Stelem_I1.ToInstruction(),
            OpCodes.Ldsfld.ToInstruction(active), OpCodes.Ldc_I4_0.ToInstruction(), OpCodes.Ldelem_I4.ToInstruction(),
            OpCodes.Ldarg_0.ToInstruction(), OpCodes.Ceq.ToInstruction(), OpCodes.Ret.ToInstruction(),
        ]);
        module.Write(place);

        FieldDef Field(string name, TypeSig element)
        {
            FieldDefUser field = new(name, new FieldSig(new SZArraySig(element)), FieldAttributes.Public | FieldAttributes.Static);
            type.Fields.Add(field);
            return field;
        }

        IEnumerable<Instruction> Taken(FieldDef field) =>
        [
            OpCodes.Ldstr.ToInstruction(field.Name), OpCodes.Call.ToInstruction(module.Import(typeof(AppContext).GetMethod("GetData"))),
            OpCodes.Castclass.ToInstruction(field.FieldType.ToTypeDefOrRef()), OpCodes.Stsfld.ToInstruction(field),
        ];
    }

    private static CilBody Body(IList<Instruction> instructions) => new(false, instructions, [], []);
}
