// Runs Python's command line in Pyodide: node emscripten.mjs PYODIDE ROOT SITE ARGUMENTS...
// The folders of this machine are mounted under their own names.
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [pyodide, root, site, ...args] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")));
const python = await loadPyodide({ env: { HOME: "/tmp", PYTHONDONTWRITEBYTECODE: "1" } });
python.FS.mkdirTree(root);
python.FS.mount(python.FS.filesystems.NODEFS, { root }, root);
python.FS.chdir(root);
python.globals.set("arguments", python.toPy(args));
const status = python.runPython(`
import runpy, sys
sys.path[:0] = ["${join(root, "src")}", "${site}"]
sys.argv = list(arguments)
try:
    if sys.argv[0] == "-m":
        sys.argv = sys.argv[1:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    elif sys.argv[0] == "-c":
        exec(sys.argv[1], {"__name__": "__main__"})
    else:
        runpy.run_path(sys.argv[0], run_name="__main__")
    status = 0
except SystemExit as end:
    status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
sys.stdout.flush()
status
`);
process.exit(status);
