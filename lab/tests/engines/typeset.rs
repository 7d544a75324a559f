//! Code gets its colours and formulas their form, from workers.

use serde_json::json;

use crate::browser::run;

#[test]
fn code_is_coloured_in_place_and_formulas_are_drawn_beside_their_source() {
    run(async |page| {
        page.use_scenario("code-and-math").await;
        page.ask("The mean?").await;
        page.wait_state(&["complete"], 20).await;
        // Each language has its colours once its grammar is there, and only Python's code has a string.
        for class in ["code-keyword", "code-comment", "code-function", "code-string"] {
            page.wait(class, &format!("return (own.CSS.highlights.get('{class}')?.size ?? 0) > 0"), 20).await;
        }
        // What is coloured is what the class says, at the right place of the text nodes.
        let texts = page
            .js("const of = name => [...own.CSS.highlights.get(name)].map(r => r.startContainer.data.slice(r.startOffset, r.endOffset));
                 return [of('code-keyword'), of('code-comment')]")
            .await;
        let has = |at: usize, text: &str| texts[at].as_array().unwrap().contains(&json!(text));
        assert!(has(0, "fn") && has(0, "return") && has(0, "def"), "{texts}");
        assert!(has(1, "// nothing to divide by: \"0 / 0\""), "{texts}");
        assert!(!texts.to_string().contains("let"), "an unknown language stays plain: {texts}");
        let inside =
            page.js("return $('answer', last()).querySelectorAll('pre code :not(.md-lines)').length").await;
        assert_eq!(inside, json!(0), "code holds groups of lines and text, nothing else");
        page.wait("formulas", "return document.querySelectorAll('.md-drawn > math').length === 3", 20).await;
        let found = page
            .js("const all = [...$('answer', last()).querySelectorAll('.md-formula')];
                 return all.map(e => [e.querySelector('code').textContent, e.querySelectorAll('math').length, e.title.length > 5])")
            .await;
        assert_eq!(found[0], json!(["\\bar{x} = \\frac{1}{n}\\sum_{i=1}^{n} x_i", 1, false]));
        assert_eq!(found[1][1], json!(1), "{found}");
        assert_eq!(found[2], json!(["\\href{javascript:window.__pwned=1}{x}", 0, true]));
        assert_eq!(found[3][1], json!(0), "{found}");
        let shapes = page
            .js("const m = document.querySelectorAll('math')[1], r = m.getBoundingClientRect();
                 return [m.getAttribute('display'), m.namespaceURI, r.height > 30, m.querySelectorAll('mfrac, msqrt, munderover').length]")
            .await;
        assert_eq!(shapes, json!(["block", "http://www.w3.org/1998/Math/MathML", true, 3]));
        let hostile = "return [own.__pwned ?? null, document.querySelectorAll('math *:is(a, img, script, [href], [src], [onerror], [id], [class])').length]";
        assert_eq!(page.js(hostile).await, json!([null, 0]));
        let names = page
            .js("return [...new Set([...document.querySelectorAll('math, math *')].map(e => e.namespaceURI.endsWith('MathML') && e.localName.startsWith('m')))]")
            .await;
        assert_eq!(names, json!([true]));
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
