//! What the user hears of a schema, of what does not fit and of what cannot be used.

use postlint::config::Schema;
use postlint::generator::Generator;
use postlint::message::Language;
use postlint::post::Post;
use postlint::rules::schema::{Check, Misfit};
use postlint::text::Source;

fn misfits(schema: &str, front_matter: &str) -> Vec<Misfit> {
    let post = Post::parse(Source::new(format!("---\n{front_matter}\n---\n")), "source/_posts/a.md");
    let schema = Schema::new("s.json", schema);
    let (envelope, root) = (
        post.envelope.as_ref().unwrap(),
        post.front_matter.root.as_ref().unwrap(),
    );
    Check::of(&schema)
        .unwrap()
        .misfits(Generator::Hexo, envelope.dialect, root)
}

#[test]
fn every_demand_of_a_schema_has_its_words() {
    for (demand, value, english) in [
        ("{\"const\": 1}", "2", "1 was expected"),
        (
            "{\"enum\": [\"a\", \"b\"]}",
            "c",
            "the value is not one of \"a\" or \"b\"",
        ),
        ("{\"enum\": [\"a\"]}", "c", "the value is not one of \"a\""),
        (
            "{\"enum\": [1, 2, 3, 4, 5]}",
            "9",
            "the value is not one of 1, 2 or 3 other candidates",
        ),
        (
            "{\"exclusiveMaximum\": 0}",
            "5",
            "the value is greater than or equal to the maximum of 0",
        ),
        (
            "{\"exclusiveMinimum\": 9}",
            "5",
            "the value is less than or equal to the minimum of 9",
        ),
        ("{\"maximum\": 0}", "5", "the value is greater than the maximum of 0"),
        ("{\"minimum\": 9}", "5", "the value is less than the minimum of 9"),
        ("{\"maxLength\": 1}", "abc", "the value is longer than 1 character"),
        ("{\"maxLength\": 2}", "abc", "the value is longer than 2 characters"),
        ("{\"minLength\": 1}", "''", "the value is shorter than 1 character"),
        ("{\"minLength\": 9}", "abc", "the value is shorter than 9 characters"),
        ("{\"maxItems\": 1}", "[1, 2]", "the value has more than 1 item"),
        ("{\"maxItems\": 2}", "[1, 2, 3]", "the value has more than 2 items"),
        ("{\"minItems\": 1}", "[]", "the value has less than 1 item"),
        ("{\"minItems\": 9}", "[1]", "the value has less than 9 items"),
        (
            "{\"maxProperties\": 1}",
            "{a: 1, b: 2}",
            "the value has more than 1 property",
        ),
        (
            "{\"maxProperties\": 2}",
            "{a: 1, b: 2, c: 3}",
            "the value has more than 2 properties",
        ),
        ("{\"minProperties\": 1}", "{}", "the value has less than 1 property"),
        (
            "{\"minProperties\": 9}",
            "{a: 1}",
            "the value has less than 9 properties",
        ),
        ("{\"multipleOf\": 2}", "3", "the value is not a multiple of 2"),
        (
            "{\"not\": {\"type\": \"string\"}}",
            "abc",
            "the value is what the schema excludes",
        ),
        ("{\"pattern\": \"^z\"}", "abc", "the value does not match \"^z\""),
        ("{\"uniqueItems\": true}", "[1, 1]", "the value has non-unique elements"),
        ("false", "1", "False schema does not allow the value"),
        (
            "{\"prefixItems\": [true], \"items\": false}",
            "[1, 2]",
            "False schema does not allow the value",
        ),
        (
            "{\"contains\": {\"type\": \"null\"}}",
            "[1]",
            "None of the value are valid under the given schema",
        ),
        (
            "{\"contains\": {\"type\": \"number\"}, \"minContains\": 2}",
            "[1, a]",
            "the value has less than 2 items that the schema asks for",
        ),
        (
            "{\"contains\": {\"type\": \"number\"}, \"maxContains\": 1}",
            "[1, 2]",
            "the value has more than 1 item that the schema asks for",
        ),
        (
            "{\"contains\": {\"type\": \"number\"}, \"maxContains\": 2}",
            "[1, 2, 3]",
            "the value has more than 2 items that the schema asks for",
        ),
        (
            "{\"contains\": {\"type\": \"number\"}, \"minContains\": 1}",
            "[a]",
            "the value has less than 1 item that the schema asks for",
        ),
        ("{\"type\": \"null\"}", "1", "the value is not of type \"null\""),
        (
            "{\"type\": [\"null\", \"boolean\"]}",
            "1",
            "the value is not of types \"null\", \"boolean\"",
        ),
        ("{\"format\": \"email\"}", "abc", "is no email"),
        (
            "{\"propertyNames\": {\"pattern\": \"^z\"}}",
            "{abc: 1}",
            "this key does not match \"^z\"",
        ),
        (
            "{\"unevaluatedProperties\": false}",
            "{abc: 1}",
            "is no key that it knows",
        ),
        (
            "{\"dependentRequired\": {\"abc\": [\"def\"]}}",
            "{abc: 1}",
            "is missing",
        ),
        (
            "{\"anyOf\": [{\"type\": \"null\"}, {\"minimum\": 9}]}",
            "1",
            "fits none of the forms that it may have",
        ),
        (
            "{\"oneOf\": [{\"type\": \"null\"}, {\"minimum\": 9}]}",
            "1",
            "fits none of the forms that it may have",
        ),
        (
            "{\"oneOf\": [true, true]}",
            "1",
            "fits more than one of the forms that it may have",
        ),
        (
            "{\"allOf\": [{\"$ref\": \"#/$defs/few\"}]}",
            "9",
            "the value is greater than the maximum of 3",
        ),
    ] {
        let schema = format!("{{\"properties\": {{\"key\": {demand}}}, \"$defs\": {{\"few\": {{\"maximum\": 3}}}}}}");
        let found = misfits(&schema, &format!("key: {value}"));
        assert_eq!(found.len(), 1, "{demand}: {found:?}");
        assert_eq!(found[0].message.english(), english, "{demand}");
        let chinese = found[0].message.text(Language::Chinese);
        assert!(!chinese.contains(" is ") && !chinese.contains("the value"), "{chinese}");
    }
}

#[test]
fn a_key_that_is_too_much_is_where_it_stands() {
    let schema = r#"{"properties": {"cover": {"properties": {"width": true}, "unevaluatedProperties": false}}}"#;
    let found = misfits(schema, "cover: {width: 1, heigth: 2}");
    let places: Vec<_> = found
        .iter()
        .map(|misfit| (misfit.path.as_str(), misfit.range.unwrap()))
        .collect();
    let text = "---\ncover: {width: 1, heigth: 2}\n---\n";
    assert_eq!(places.len(), 1, "{found:?}");
    assert_eq!((places[0].0, &text[places[0].1.as_range()]), ("cover.heigth", "heigth"));
}

#[test]
fn decimal_fractions_are_multiples_as_people_count() {
    let schema = r#"{"properties": {"price": {"multipleOf": 0.1}}}"#;
    for (price, wanted) in [
        ("0.3", 0),
        ("4.35", 1),
        ("1.1", 0),
        ("1e300", 0),
        ("0", 0),
        ("0.30001", 1),
    ] {
        assert_eq!(misfits(schema, &format!("price: {price}")).len(), wanted, "{price}");
    }
}

#[test]
fn a_schema_that_cannot_be_used_is_told_in_our_words() {
    for (schema, wanted) in [
        (
            r#"{"type": "strnig"}"#,
            "fits none of the forms that it may have at `/type`",
        ),
        (
            r#"{"maxLength": -1}"#,
            "the value is less than the minimum of 0 at `/maxLength`",
        ),
        (
            r#"{"properties": {"a": {"pattern": "(?!draft)"}}}"#,
            "the pattern `(?!draft)` cannot be used: look-around, including look-ahead and look-behind, is not supported at `/properties/a/pattern`",
        ),
        (
            r#"{"pattern": "("}"#,
            "the pattern `(` cannot be used: unclosed group at `/pattern`",
        ),
        (r##"{"$ref": "#/$defs/none"}"##, "nothing is at `#/$defs/none`"),
        (
            r#"{"$ref": "https://schemas.example/post.json"}"#,
            "it needs `https://schemas.example/post.json`, and nothing but the schema itself is read",
        ),
        (
            r#"{"$ref": "author.json"}"#,
            "it needs `schema:/author.json`, and nothing but the schema itself is read",
        ),
    ] {
        let made = Schema::new("s.json", schema);
        let error = Check::of(&made).err().unwrap_or_else(|| panic!("{schema} was taken"));
        assert_eq!(error.english(), wanted, "{schema}");
    }
}
