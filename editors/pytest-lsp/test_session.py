"""One whole session with pytest-lsp, a client that nobody here wrote, which plays every editor whose abilities it knows.

What it finds against the protocol is an error. $POSTLINT is the program."""

import asyncio
import json
import os
import pathlib
import shutil

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pygls.workspace import PositionCodec

HERE = pathlib.Path(__file__).parent
CASES = json.loads((HERE.parent / "cases.json").read_text("utf-8"))
EDITORS = ["visual-studio-code", "neovim@0.6", "neovim@0.9", "neovim@0.11", "emacs"]
NEIGHBOUR = "source/_posts/夜读.md"


class Session:
    """A client, the copy of the site that it has open, and the text of its document."""

    def __init__(self, client, root, result):
        self.client, self.root, self.result = client, root, result
        self.edits = []
        self.codec = PositionCodec(encoding=result.capabilities.position_encoding or lsp.PositionEncodingKind.Utf16)
        self.version = 0

    def uri(self, path=CASES["document"]):
        return (self.root / path).as_uri()

    def open(self, path=CASES["document"]):
        self.text = (self.root / path).read_text("utf-8")
        self.document = lsp.TextDocumentIdentifier(uri=self.uri(path))
        item = lsp.TextDocumentItem(uri=self.uri(path), language_id="markdown", version=0, text=self.text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item))

    def change(self, text):
        self.text, self.version = text, self.version + 1
        document = lsp.VersionedTextDocumentIdentifier(uri=self.document.uri, version=self.version)
        whole = lsp.TextDocumentContentChangeWholeDocument(text=text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(text_document=document, content_changes=[whole]))

    def at(self, needle):
        offset = self.text.index(needle)
        line = self.text.count("\n", 0, offset)
        column = offset - (self.text.rfind("\n", 0, offset) + 1)
        return self.codec.position_to_client_units(self.text.splitlines(True), lsp.Position(line, column))

    def place(self, needle):
        return {"text_document": self.document, "position": self.at(needle)}

    def behind(self, needle):
        start = self.at(needle)
        return lsp.Position(start.line, start.character + self.codec.client_num_units(needle))

    def applied(self, edit, path):
        """The text of the file at `path` after a workspace edit; None where it says nothing of it."""
        uri = self.uri(path)
        edits = list((edit.changes or {}).get(uri, []))
        for change in edit.document_changes or []:
            if isinstance(change, lsp.TextDocumentEdit) and change.text_document.uri == uri:
                edits += change.edits
        if not edits:
            return None
        text = self.text if uri == self.document.uri else (self.root / path).read_text("utf-8")
        lines = text.splitlines(True)

        def offset(position):
            position = self.codec.position_from_client_units(lines, position)
            return sum(map(len, lines[: position.line])) + position.character

        for one in sorted(edits, key=lambda one: offset(one.range.start), reverse=True):
            text = text[: offset(one.range.start)] + one.new_text + text[offset(one.range.end) :]
        return text

    async def until(self, what, look, patience=30):
        for _ in range(patience * 20):
            if found := look():
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(f"waited in vain for {what}")

    async def findings(self, wanted):
        look = lambda: self.client.diagnostics.get(self.document.uri)
        found = await self.until(f"{wanted} findings", lambda: len(look() or []) == wanted and look())
        return sorted(found, key=lambda one: one.range.start)


async def begun(editor, tmp_path):
    root = tmp_path / "博客 😀"
    shutil.copytree(HERE.parent / "fixture", root)
    config = pytest_lsp.ClientServerConfig(server_command=[os.environ["POSTLINT"], "server", "--stdio"])
    client = await config.start()
    params = lsp.InitializeParams(
        capabilities=pytest_lsp.client_capabilities(editor),
        root_uri=root.as_uri(),
        workspace_folders=[lsp.WorkspaceFolder(uri=root.as_uri(), name="blog")],
        initialization_options={"features": {"formatting": True}},
    )
    edits = []
    client.feature(lsp.CLIENT_REGISTER_CAPABILITY)(lambda params: None)

    @client.feature(lsp.WORKSPACE_APPLY_EDIT)
    def apply(params):
        edits.append(params.edit)
        return lsp.ApplyWorkspaceEditResult(applied=True)

    session = Session(client, root, await client.initialize_session(params))
    session.edits = edits
    return session


@pytest.mark.asyncio
@pytest.mark.parametrize("editor", EDITORS)
async def test_a_whole_session(editor, tmp_path):
    session = await begun(editor, tmp_path)
    client = session.client
    assert session.result.server_info.name == "postlint"

    session.open()
    found = await session.findings(len(CASES["diagnostics"]))
    for one, wanted in zip(found, CASES["diagnostics"]):
        assert (one.code, one.severity, one.range.start) == (wanted["code"], wanted["severity"], session.at(wanted["text"]))

    await reads(session)
    await mends(session, found)
    await renames(session)
    await types_on(session)

    client.text_document_did_close(lsp.DidCloseTextDocumentParams(text_document=session.document))
    await session.until("no findings", lambda: not client.diagnostics[session.document.uri])
    await client.shutdown_session()
    assert client._server.returncode == 0
    assert client.error is None
    await client.stop()


async def reads(session):
    client, document = session.client, session.document
    for case in CASES["hover"]:
        end = asyncio.get_running_loop().time() + 30
        while True:  # the site is read in the background
            hover = await client.text_document_hover_async(lsp.HoverParams(**session.place(case["at"])))
            if hover and all(word in hover.contents.value for word in case["says"]):
                break
            assert asyncio.get_running_loop().time() < end, hover
            await asyncio.sleep(0.05)
    symbols = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document))
    assert symbols
    folds = await client.text_document_folding_range_async(lsp.FoldingRangeParams(document))
    assert folds[0].start_line == 0
    links = await client.text_document_document_link_async(lsp.DocumentLinkParams(document))
    assert any(link.target.endswith("lock.png") for link in links)
    lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(document))
    assert any("城市 3" in lens.command.title for lens in lenses)
    whole = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
    assert await client.text_document_inlay_hint_async(lsp.InlayHintParams(document, whole)) is not None
    tokens = await client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(document))
    assert len(tokens.data) % 5 == 0 and tokens.data
    selections = await client.text_document_selection_range_async(lsp.SelectionRangeParams(document, [session.at("一本书")]))
    assert selections[0].parent
    linked = await client.text_document_linked_editing_range_async(lsp.LinkedEditingRangeParams(**session.place("a href")))
    assert len(linked.ranges) == 2
    where = await client.text_document_definition_async(lsp.DefinitionParams(**session.place("城市'")))
    assert where
    context = lsp.ReferenceContext(include_declaration=True)
    uses = await client.text_document_references_async(lsp.ReferenceParams(context=context, **session.place("城市'")))
    assert len(uses) == 3
    named = await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("图书馆"))
    assert [one.location.uri for one in named] == [session.uri(NEIGHBOUR)]


async def mends(session, found):
    client = session.client
    context = lsp.CodeActionContext(diagnostics=[found[0]], only=[lsp.CodeActionKind.QuickFix])
    params = lsp.CodeActionParams(session.document, found[0].range, context)
    actions = await client.text_document_code_action_async(params)
    action = next(one for one in actions if one.title == CASES["quickFix"]["title"])
    if isinstance(action, lsp.Command):
        await client.workspace_execute_command_async(lsp.ExecuteCommandParams(action.command, action.arguments))
        edit = await session.until("the edit", lambda: session.edits and session.edits.pop())
    else:
        edit = action.edit or (await client.code_action_resolve_async(action)).edit
    assert CASES["quickFix"]["line"] in session.applied(edit, CASES["document"]).split("\n")
    explain = lsp.ExecuteCommandParams("postlint.explain", [session.document.uri])
    verdict = await client.workspace_execute_command_async(explain)
    assert "Hexo" in verdict["markdown"]
    await session.until("the verdict", lambda: any("Hexo" in one.message for one in client.messages))
    clean = lsp.ExecuteCommandParams("postlint.cleanAds", [session.document.uri])
    await client.workspace_execute_command_async(clean)
    edit = await session.until("the edit", lambda: session.edits and session.edits.pop())
    assert "adsbygoogle" not in session.applied(edit, CASES["document"])


async def renames(session):
    client, case = session.client, CASES["rename"]
    ready = await client.text_document_prepare_rename_async(lsp.PrepareRenameParams(**session.place(case["at"])))
    assert ready.placeholder == "城市"
    edit = await client.text_document_rename_async(lsp.RenameParams(new_name=case["name"], **session.place(case["at"])))
    for path, lines in case["files"].items():
        after = session.applied(edit, path).split("\n")
        assert all(line in after for line in lines), (path, after)
    files = [lsp.FileRename(session.uri(NEIGHBOUR), session.uri("source/_posts/馆.md"))]
    edit = await client.workspace_will_rename_files_async(lsp.RenameFilesParams(files))
    assert "{% post_link 馆 %}" in session.applied(edit, "source/_posts/canal.md")


async def types_on(session):
    client, case = session.client, CASES["completion"]
    session.change(session.text.replace(case["line"], case["typed"] + case["rest"]))
    place = {"text_document": session.document, "position": session.behind(case["typed"])}
    found = await client.text_document_completion_async(lsp.CompletionParams(**place))
    item = next(one for one in getattr(found, "items", found) if one.label == case["item"])
    item = await client.completion_item_resolve_async(item)
    edit = lsp.WorkspaceEdit(changes={session.document.uri: [item.text_edit]})
    session.change(session.applied(edit, CASES["document"]))
    assert case["becomes"] in session.text.split("\n")
    options = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
    edits = await client.text_document_formatting_async(lsp.DocumentFormattingParams(session.document, options))
    assert edits is not None
    behind = session.behind("  - [生活, 城市]")
    params = lsp.DocumentOnTypeFormattingParams(session.document, behind, "\n", options)
    await client.text_document_on_type_formatting_async(params)
    settings = {"postlint": {"ignore": ["ad-unit"]}}
    client.set_configuration(settings)
    client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings=settings))
    left = await session.findings(len(CASES["diagnostics"]) - 1)
    assert "ad-unit" not in [one.code for one in left]
    client.text_document_did_save(lsp.DidSaveTextDocumentParams(text_document=session.document))
