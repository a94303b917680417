using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Leaves out of a file of comments what users of the assembly cannot see. Compiled by MSBuild when something is packed.</summary>
public class LeaveOutHiddenComments : Task
{
    private const BindingFlags Own =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The assembly.</summary>
    [Required]
    public string Assembly { get; set; }

    /// <summary>The assemblies that it uses.</summary>
    [Required]
    public ITaskItem[] References { get; set; }

    /// <summary>The comments that the compiler has written.</summary>
    [Required]
    public string Comments { get; set; }

    /// <summary>Where those for users go.</summary>
    [Required]
    public string Output { get; set; }

    public override bool Execute()
    {
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        try
        {
            HashSet<string> visible = new HashSet<string>(Load(Assembly).GetTypes().Where(IsVisible).SelectMany(Keys));
            XDocument comments = XDocument.Load(Comments, LoadOptions.PreserveWhitespace);
            foreach (XElement member in comments.Descendants("member").ToArray())
            {
                if (!visible.Contains(Key((string)member.Attribute("name"))))
                    member.Remove();
            }
            // A build that finds the file newer than its own would leave it; packed again, it is written again.
            comments.Save(Output);
        }
        finally
        {
            AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
        }
        return !Log.HasLoggedErrors;
    }

    // By its bytes, so that the file can be written again while the build's process lives on.
    private static Assembly Load(string path) => System.Reflection.Assembly.Load(File.ReadAllBytes(path));

    private Assembly Resolve(object sender, ResolveEventArgs missing)
    {
        string name = new AssemblyName(missing.Name).Name;
        string path = References.Select(reference => reference.ItemSpec)
            .FirstOrDefault(reference => Path.GetFileNameWithoutExtension(reference) == name);
        return path == null ? null : Load(path);
    }

    // As users may: of a type of theirs that derives from it, too.
    private static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType)
        : type.IsPublic;

    private static bool IsVisible(MethodBase method) =>
        method != null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    // What is visible of a type, by names and numbers of parameters: overloads that differ in neither are visible or hidden together.
    private static IEnumerable<string> Keys(Type type)
    {
        string name = type.FullName.Replace('+', '.');
        yield return "T:" + name;
        foreach (MethodBase method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)).Where(IsVisible))
        {
            string arity = method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "";
            yield return "M:" + name + "." + method.Name.Replace('.', '#') + arity + "/" + method.GetParameters().Length;
        }
        foreach (PropertyInfo property in type.GetProperties(Own))
        {
            if (IsVisible(property.GetMethod) || IsVisible(property.SetMethod))
                yield return "P:" + name + "." + property.Name + "/" + property.GetIndexParameters().Length;
        }
        foreach (FieldInfo field in type.GetFields(Own))
        {
            if (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
                yield return "F:" + name + "." + field.Name;
        }
        foreach (EventInfo member in type.GetEvents(Own))
        {
            if (IsVisible(member.AddMethod))
                yield return "E:" + name + "." + member.Name;
        }
    }

    // "M:N.T.Run``1(System.Span{``0},System.Int32)" is "M:N.T.Run``1/2".
    private static string Key(string id)
    {
        if (id[0] != 'M' && id[0] != 'P')
            return id;
        int open = id.IndexOf('('), close = id.LastIndexOf(')');
        if (open < 0)
            return id.Split('~')[0] + "/0";
        int count = 1, depth = 0;
        foreach (char c in id.Substring(open + 1, close - open - 1))
        {
            depth += c == '{' || c == '[' || c == '(' ? 1 : c == '}' || c == ']' || c == ')' ? -1 : 0;
            count += c == ',' && depth == 0 ? 1 : 0;
        }
        return id.Substring(0, open) + "/" + count;
    }
}
