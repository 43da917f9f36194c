using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace RulePortal.TestSupport;

/// <summary>
/// Which folders of an assembly know which: by the types that declarations and compiled code refer to. A constant is compiled in and leaves
/// no trace.
/// </summary>
internal sealed class Rooms
{
    private const BindingFlags Own =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    private readonly SortedDictionary<string, SortedDictionary<string, string>> known = new(StringComparer.Ordinal);

    /// <summary>Reads an assembly.</summary>
    /// <param name="assembly">What to read.</param>
    /// <param name="root">The namespace whose first level below is a folder, such as <c>RulePortal.Detection</c>.</param>
    public Rooms(Assembly assembly, string root)
    {
        foreach (var type in assembly.GetTypes())
        {
            if (RoomOf(type, root) is not { } room)
            {
                continue;
            }

            known.TryAdd(room, new SortedDictionary<string, string>(StringComparer.Ordinal));
            foreach (var other in References(type).SelectMany(Parts).Where(other => other.Assembly == assembly))
            {
                if (RoomOf(other, root) is { } known && known != room)
                {
                    this.known[room].TryAdd(known, $"{type.FullName} uses {other.FullName}");
                }
            }
        }
    }

    /// <summary>The folders.</summary>
    public IReadOnlyCollection<string> All => known.Keys;

    /// <summary>The folders that one refers to, each with a type that does.</summary>
    public IReadOnlyDictionary<string, string> KnownTo(string room) => known[room];

    /// <summary>
    /// Folders that know each other, however many steps lie between: each reference that takes part, with a type that makes it.
    /// </summary>
    public IReadOnlyList<string> Cycles() =>
    [
        .. from room in known
           from other in room.Value
           where Reaches(other.Key, room.Key)
           select $"{room.Key} -> {other.Key}: {other.Value}",
    ];

    private static string? RoomOf(Type type, string root) =>
        type.Namespace is { } name && name.StartsWith($"{root}.", StringComparison.Ordinal)
            ? name[(root.Length + 1)..].Split('.')[0]
            : null;

    private bool Reaches(string from, string to)
    {
        var (seen, next) = (new HashSet<string>(StringComparer.Ordinal) { from }, new Queue<string>([from]));
        while (next.TryDequeue(out var room))
        {
            if (room == to)
            {
                return true;
            }

            foreach (var other in known[room].Keys.Where(seen.Add))
            {
                next.Enqueue(other);
            }
        }

        return false;
    }

    private static IEnumerable<Type> References(Type type)
    {
        IEnumerable<MethodBase> methods = [.. type.GetMethods(Own), .. type.GetConstructors(Own)];
        return
        [
            .. Of(type.BaseType), .. type.GetInterfaces(), .. Constraints(type.GetGenericArguments()), .. Attributes(type),
            .. type.GetFields(Own).SelectMany(field => (IEnumerable<Type>)[field.FieldType, .. Attributes(field)]),
            .. type.GetProperties(Own).SelectMany(property => (IEnumerable<Type>)[property.PropertyType, .. Attributes(property)]),
            .. methods.SelectMany(method => (IEnumerable<Type>)
            [
                .. method.GetParameters().Select(parameter => parameter.ParameterType),
                .. Of((method as MethodInfo)?.ReturnType),
                .. Attributes(method),
                .. method.IsGenericMethod ? Constraints(method.GetGenericArguments()) : [],
                .. method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [],
                .. InCode(method),
            ]),
        ];
    }

    private static IEnumerable<Type> Of(Type? type) => type is null ? [] : [type];

    private static IEnumerable<Type> Constraints(Type[] arguments) =>
        arguments.Where(argument => argument.IsGenericParameter).SelectMany(argument => argument.GetGenericParameterConstraints());

    private static IEnumerable<Type> Attributes(MemberInfo member) =>
        member.CustomAttributes.Select(attribute => attribute.AttributeType)
            .Where(attribute => attribute != typeof(CompilerGeneratedAttribute));

    private static IEnumerable<Type> InCode(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var (ofType, ofMethod) = (
            method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? unchecked((short)((code[at] << 8) | code[at + 1])) : code[at];
            at += code[at] == 0xFE ? 2 : 1;
            switch (Operands[value])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    foreach (var type in TypesOf(method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!))
                    {
                        yield return type;
                    }

                    at += 4;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at++;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(code, at));
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        Type type => [type],
        FieldInfo field => [.. Of(field.DeclaringType), field.FieldType],
        MethodInfo method =>
        [
            .. Of(method.DeclaringType),
            method.ReturnType,
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method.GetGenericArguments(),
        ],
        MethodBase constructor =>
            [.. Of(constructor.DeclaringType), .. constructor.GetParameters().Select(parameter => parameter.ParameterType)],
        _ => [],
    };

    /// <summary>A type with those it is made of: elements and arguments.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type is { IsGenericType: true, IsGenericTypeDefinition: false }
        ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)]
        : [type];
}
