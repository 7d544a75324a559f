//! [`Locations`] know which places of a schema must hold for a value at some place of an answer.
//!
//! Only what holds in any case counts: members, items, and what is behind `$ref` and `allOf`. Whatever is one of several
//! possibilities is judged with the container in which it stands. At each place the keywords that are followed are taken away,
//! so that a container is not read again for what was judged inside of it.

use super::fault::Fault;
use super::keywords::{self, Local};
use super::schema::Schema;
use super::validator::{Validators, reference};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::rc::Rc;

/// How many steps from set to set are remembered.
const MEMORY: usize = 4096;

/// A place of the schema, by number.
type PlaceId = usize;
/// Several places of the schema, by number.
pub(super) type SetId = usize;

/// A step from a container to what is in it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Name(&'a str),
    Item(usize),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum StoredStep {
    Name(Box<str>),
    Item(usize),
}

#[derive(Debug)]
struct Place {
    pointer: String,
    local: Local,
}

#[derive(Debug)]
struct Set {
    all: Rc<[PlaceId]>,
    /// Those that say anything of a value itself.
    telling: Rc<[PlaceId]>,
}

/// The places of a schema.
#[derive(Debug)]
pub(super) struct Locations {
    schema: Rc<Schema>,
    places: Vec<Place>,
    by_pointer: HashMap<String, PlaceId>,
    sets: Vec<Set>,
    by_places: HashMap<Rc<[PlaceId]>, SetId>,
    children: HashMap<(SetId, StoredStep), SetId>,
    /// The patterns of members' names, by number.
    patterns: HashMap<String, usize>,
    /// What judges by each place and pattern. All are made at once: making one alone takes as long as making many, since the
    /// crate reads the schema of schemas each time where there are no threads.
    validators: Validators,
    root: SetId,
    steps: u64,
}

impl Locations {
    /// Creates them; `None` for a schema in which nothing can be judged before the end.
    pub(super) fn new(schema: Rc<Schema>) -> Option<Locations> {
        if !keywords::can_be_followed(schema.value()) {
            return None;
        }
        let mut locations = Locations {
            schema,
            places: Vec::new(),
            by_pointer: HashMap::new(),
            sets: Vec::new(),
            by_places: HashMap::new(),
            children: HashMap::new(),
            patterns: HashMap::new(),
            validators: Validators::default(),
            root: 0,
            steps: 0,
        };
        locations.find_all();
        locations.validators = locations.compile();
        locations.root = locations.closure(vec![String::new()]);
        Some(locations)
    }

    /// Finds all places and patterns that a value may be judged by.
    fn find_all(&mut self) {
        let schema = Rc::clone(&self.schema);
        let mut open = vec![String::new()];
        while let Some(pointer) = open.pop() {
            if self.by_pointer.contains_key(&pointer) {
                continue;
            }
            self.place(&pointer);
            let Some(place) = schema.value().pointer(&pointer) else { continue };
            open.extend(keywords::followed(schema.value(), place, &pointer));
            open.extend(keywords::inner(place, &pointer));
            for pattern in keywords::patterns(place) {
                let number = self.patterns.len();
                self.patterns.entry(pattern.clone()).or_insert(number);
            }
        }
    }

    /// Makes what judges by the places and patterns.
    fn compile(&self) -> Validators {
        let is_part = |place: &Place| matches!(place.local, Local::Part);
        let documents = self.places.iter().any(is_part).then(|| self.schema.documents());
        let places = self.places.iter().enumerate().filter_map(|(number, place)| {
            let schema = match &place.local {
                Local::Nothing => return None,
                Local::Alone { schema, .. } => schema.clone(),
                Local::Part => reference(&place.pointer),
            };
            Some((place_name(number), schema))
        });
        let patterns = self.patterns.iter();
        let patterns = patterns.map(|(text, number)| (pattern_name(*number), json!({ "pattern": text })));
        Validators::of(places.chain(patterns).collect(), documents)
    }

    /// Returns the places for the whole.
    pub(super) fn root(&self) -> SetId {
        self.root
    }

    /// Returns how many steps were taken since the last call.
    pub(super) fn take_steps(&mut self) -> u64 {
        std::mem::take(&mut self.steps)
    }

    /// Returns whether the whole may be of a type, as far as `type` says.
    pub(super) fn may_be(&self, kind: &str) -> bool {
        self.sets[self.root].all.iter().all(|place| {
            match self.value(&self.places[*place].pointer).and_then(|schema| schema.get("type")) {
                Some(Value::String(name)) => name == kind,
                Some(Value::Array(names)) => names.iter().any(|name| name == kind),
                Some(_) | None => true,
            }
        })
    }

    /// Returns the places of a set that say anything of a value itself.
    pub(super) fn places(&self, set: SetId) -> Rc<[PlaceId]> {
        Rc::clone(&self.sets[set].telling)
    }

    /// Returns whether a place looks at what is in a container, beyond its members' names and their number.
    pub(super) fn needs_children(&self, place: PlaceId) -> bool {
        self.places[place].local.needs_children()
    }

    /// Returns what a place has against a value.
    pub(super) fn check(&self, place: PlaceId, value: &Value) -> Vec<Fault> {
        self.validators.faults(&place_name(place), value)
    }

    /// Returns the places for what is in a container.
    pub(super) fn child(&mut self, set: SetId, step: Step<'_>) -> SetId {
        let stored = match step {
            Step::Name(name) => StoredStep::Name(name.into()),
            Step::Item(index) => StoredStep::Item(index.min(self.schema.longest_prefix())),
        };
        self.steps += 1;
        let key = (set, stored);
        if let Some(known) = self.children.get(&key) {
            return *known;
        }
        let mut pointers = Vec::new();
        for place in self.sets[set].all.iter().copied().collect::<Vec<_>>() {
            self.steps += 1;
            self.follow(place, step, &mut pointers);
        }
        let child = self.closure(pointers);
        if self.children.len() < MEMORY {
            self.children.insert(key, child);
        }
        child
    }

    fn follow(&mut self, place: PlaceId, step: Step<'_>, out: &mut Vec<String>) {
        let pointer = self.places[place].pointer.clone();
        let schema = Rc::clone(&self.schema);
        let Some(Value::Object(keywords)) = schema.value().pointer(&pointer) else { return };
        match step {
            Step::Item(index) => {
                let prefix = keywords.get("prefixItems").and_then(Value::as_array);
                if prefix.is_some_and(|prefix| index < prefix.len()) {
                    out.push(format!("{pointer}/prefixItems/{index}"));
                } else if keywords.contains_key("items") {
                    out.push(format!("{pointer}/items"));
                }
            }
            Step::Name(name) => {
                let before = out.len();
                if keywords.get("properties").is_some_and(|members| members.get(name).is_some()) {
                    out.push(format!("{pointer}/properties/{}", keywords::escaped(name)));
                }
                for pattern in
                    keywords.get("patternProperties").and_then(Value::as_object).into_iter().flatten()
                {
                    self.steps += 1;
                    if self.matches(pattern.0, name) {
                        out.push(format!("{pointer}/patternProperties/{}", keywords::escaped(pattern.0)));
                    }
                }
                if out.len() == before && keywords.contains_key("additionalProperties") {
                    out.push(format!("{pointer}/additionalProperties"));
                }
            }
        }
    }

    /// Returns whether a name matches a pattern, as the validator sees it.
    fn matches(&self, pattern: &str, name: &str) -> bool {
        let name = Value::String(name.to_owned());
        let number = self.patterns.get(pattern);
        number.is_some_and(|number| self.validators.is_valid(&pattern_name(*number), &name))
    }

    /// Returns the set of places with all that they refer to.
    fn closure(&mut self, mut open: Vec<String>) -> SetId {
        let mut all: Vec<PlaceId> = Vec::new();
        while let Some(pointer) = open.pop() {
            self.steps += 1;
            let place = self.place(&pointer);
            if all.contains(&place) {
                continue;
            }
            all.push(place);
            if let Some(schema) = self.value(&pointer) {
                open.extend(keywords::followed(self.schema.value(), schema, &pointer));
            }
        }
        all.sort_unstable();
        let all: Rc<[PlaceId]> = all.into();
        if let Some(known) = self.by_places.get(&all) {
            return *known;
        }
        let telling = all.iter().copied().filter(|place| self.places[*place].local.tells());
        let set = Set { all: Rc::clone(&all), telling: telling.collect() };
        self.sets.push(set);
        self.by_places.insert(all, self.sets.len() - 1);
        self.sets.len() - 1
    }

    fn place(&mut self, pointer: &str) -> PlaceId {
        if let Some(known) = self.by_pointer.get(pointer) {
            return *known;
        }
        let local =
            self.value(pointer).map_or(Local::Nothing, |schema| keywords::local(self.schema.value(), schema));
        self.places.push(Place { pointer: pointer.to_owned(), local });
        self.by_pointer.insert(pointer.to_owned(), self.places.len() - 1);
        self.places.len() - 1
    }

    fn value(&self, pointer: &str) -> Option<&Value> {
        self.schema.value().pointer(pointer)
    }
}

fn place_name(number: PlaceId) -> String {
    format!("place-{number}")
}

fn pattern_name(number: usize) -> String {
    format!("pattern-{number}")
}
