//! The lines that systems add to every article.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use regex::RegexSet;
use std::sync::LazyLock;

/// What feeds and portals add to an article, in the languages of WordPress and of Chinese portals. A whole line
/// without its tags; lines of more than 600 bytes are none.
pub(super) static FOOTERS: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new([
        r"^The post .+ (appeared first on|first appeared on) .+$",
        r"^Der Beitrag .+ erschien zuerst auf .+$",
        r"^(L[’'`]article|Cet article) .+ est apparu en premier sur .+$",
        r"^(La entrada|El artículo|El cargo) .+ (se publicó primero en|apareció primero en|aparece primero en) .+$",
        r"^L[’'`]articolo .+ (proviene da|sembra essere il primo su) .+$",
        r"^O (post|conteúdo|artigo) .+ (apareceu|aparece) primeiro (em|no) .+$",
        r"^Het (bericht|artikel) .+ verscheen eerst op .+$",
        r"^(Inlägget|Indlægget|Innlegget) .+ (dök först upp på|blev først udgivet på|dukket først opp på) .+$",
        r"^(Сообщение|Запись) .+ (появились сначала на|впервые появилась|появилась сначала на) .+$",
        r"^(Artykuł|Příspěvek) .+ (pochodzi z serwisu|pochodzi z|se nejdříve objevil na) .+$",
        r"^投稿 ?.+ ?は ?.+ ?に最初に表示されました。?$",
        r"^.+게시물이 .+에 처음 등장했습니다\.?$",
        r"^.+ yazısı ilk önce .+ üzerinde ortaya çıktı\.?$",
        r"^Bài viết .+ đã xuất hiện đầu tiên (vào ngày|trên) .+$",
        r"^(Artikel|Post|Pos) .+ (pertama kali tampil pada|muncul pertama kali di) .+$",
        r"^这篇文章.+(最先|首先|最早)出现(在|于).+$",
        r"^返回搜狐，?查看更多$",
        r"^海量资讯、精准解读，尽在新浪财经APP$",
        r"^特别声明：以上(内容|文章).*自媒体平台.*$",
        r"^广告声明：文内含有的对外跳转链接.*$",
    ])
    .expect("constant patterns")
});
/// Words of which every footer holds one. Whole bodies are searched for them, so that hardly any line meets the patterns, whose
/// `.+` is slow to run.
pub(super) static MARKS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    // Which word is found does not matter, and this kind is searched for with vectors: the automaton, asked only where these
    // have found something, may be the one that is made soonest.
    let mut builder = AhoCorasickBuilder::new();
    builder
        .match_kind(MatchKind::LeftmostFirst)
        .kind(Some(AhoCorasickKind::NoncontiguousNFA));
    let words = [
        "appeared first on",
        "first appeared on",
        "erschien zuerst auf",
        "est apparu en premier sur",
        "se publicó primero en",
        "apareció primero en",
        "aparece primero en",
        "proviene da",
        "sembra essere il primo su",
        "primeiro em",
        "primeiro no",
        "verscheen eerst op",
        "dök först upp på",
        "blev først udgivet på",
        "dukket først opp på",
        "появились сначала на",
        "появилась сначала на",
        "впервые появилась",
        "pochodzi z",
        "se nejdříve objevil na",
        "に最初に表示されました",
        "에 처음 등장했습니다",
        "üzerinde ortaya çıktı",
        "đã xuất hiện đầu tiên",
        "pertama kali tampil pada",
        "muncul pertama kali di",
        "出现在",
        "出现于",
        "返回搜狐",
        "尽在新浪财经APP",
        "自媒体平台",
        "文内含有的对外跳转链接",
    ];
    builder.build(words).expect("constant words")
});

#[cfg(test)]
mod tests {
    use super::*;

    /// A pattern that the words do not lead to would never be asked.
    #[test]
    fn every_footer_holds_a_mark() {
        let footers = [
            "The post Rain appeared first on Tea.",
            "The post Rain first appeared on Tea.",
            "Der Beitrag Regen erschien zuerst auf Tee.",
            "L’article Pluie est apparu en premier sur Thé.",
            "La entrada Lluvia se publicó primero en Té.",
            "El artículo Lluvia apareció primero en Té.",
            "La entrada Lluvia aparece primero en Té.",
            "L’articolo Pioggia proviene da Tè.",
            "L’articolo Pioggia sembra essere il primo su Tè.",
            "O post Chuva apareceu primeiro em Chá.",
            "O conteúdo Chuva aparece primeiro no Chá.",
            "Het bericht Regen verscheen eerst op Thee.",
            "Inlägget Regn dök först upp på Te.",
            "Indlægget Regn blev først udgivet på Te.",
            "Innlegget Regn dukket først opp på Te.",
            "Сообщение Дождь появились сначала на Чай.",
            "Запись Дождь впервые появилась Чай.",
            "Запись Дождь появилась сначала на Чай.",
            "Artykuł Deszcz pochodzi z serwisu Herbata.",
            "Příspěvek Déšť se nejdříve objevil na Čaj.",
            "投稿 雨 は 茶 に最初に表示されました。",
            "비 게시물이 차에 처음 등장했습니다.",
            "Yağmur yazısı ilk önce Çay üzerinde ortaya çıktı.",
            "Bài viết Mưa đã xuất hiện đầu tiên vào ngày Trà.",
            "Artikel Hujan pertama kali tampil pada Teh.",
            "Pos Hujan muncul pertama kali di Teh.",
            "这篇文章雨最先出现在茶",
            "这篇文章雨首先出现于茶",
            "返回搜狐，查看更多",
            "海量资讯、精准解读，尽在新浪财经APP",
            "特别声明：以上内容为自媒体平台上传",
            "广告声明：文内含有的对外跳转链接",
        ];
        let mut seen = std::collections::HashSet::new();
        for footer in footers {
            assert!(MARKS.is_match(footer), "{footer}");
            let patterns = FOOTERS.matches(footer);
            assert!(patterns.matched_any(), "{footer}");
            seen.extend(patterns);
        }
        assert_eq!(seen.len(), FOOTERS.len(), "every pattern is tried");
    }
}
