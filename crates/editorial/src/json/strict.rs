//! A strict deserializer over [`Node`]. A list is no object, `null` is no missing key, and a list
//! has no surplus elements. A placeholder deserialises as any type.

use super::mismatch::{Fault, Mismatch};
use super::node::{Kind, Member, Node, PLACEHOLDER_TEXTS};
use crate::message;
use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};

type Result<T> = std::result::Result<T, Mismatch>;

/// All number types are read as [`Deserializer::deserialize_u64`] does; the visitor checks the
/// range.
macro_rules! numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.deserialize_u64(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match &self.kind {
            Kind::Null | Kind::Placeholder(_) => visitor.visit_unit(),
            Kind::Boolean(value) => visitor.visit_bool(*value),
            Kind::Number(number) => visit_number(number, visitor),
            Kind::Text(text) => visitor.visit_str(text),
            Kind::List(items) => visit_list(items, visitor),
            Kind::Object(members) => visitor.visit_map(Members { members, next: 0 }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.kind {
            Kind::Null => Err(Mismatch::new(Fault::Refused(message!(
                "null stands for nothing"
            )))),
            Kind::Placeholder(_) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match &self.kind {
            Kind::Placeholder(_) => visitor.visit_map(MapDeserializer::new(
                fields.iter().map(|&field| (field, self)),
            )),
            Kind::List(_) => Err(Mismatch::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match &self.kind {
            Kind::Text(text) => visitor.visit_enum(StrDeserializer::new(text)),
            Kind::Placeholder(_) => visitor.visit_enum(Choice {
                key: variants.first().unwrap_or(&""),
                value: self,
            }),
            Kind::Object(members) => match &members[..] {
                [member] => visitor.visit_enum(Choice {
                    key: &member.key,
                    value: &member.value,
                }),
                _ => Err(Mismatch::new(Fault::NotOneKey {
                    found: members.len(),
                    known: variants,
                })),
            },
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.kind {
            Kind::Placeholder(_) => {
                visitor.visit_seq(SeqDeserializer::new(std::iter::empty::<Self>()))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value> {
        match self.kind {
            Kind::Placeholder(_) => {
                visitor.visit_seq(SeqDeserializer::new(std::iter::repeat_n(self, length)))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.kind {
            Kind::Placeholder(_) => visitor.visit_map(Members {
                members: &[],
                next: 0,
            }),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.kind {
            Kind::Placeholder(tried) => visitor.visit_str(PLACEHOLDER_TEXTS[tried]),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.kind {
            Kind::Placeholder(_) => visitor.visit_char('a'),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.kind {
            Kind::Placeholder(_) => visitor.visit_bool(false),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.kind {
            Kind::Placeholder(_) => visitor.visit_u64(0),
            _ => self.deserialize_any(visitor),
        }
    }

    numbers!(
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_f32 deserialize_f64
    );

    serde::forward_to_deserialize_any! { bytes byte_buf unit unit_struct identifier ignored_any }
}

fn visit_number<'de, V: Visitor<'de>>(number: &str, visitor: V) -> Result<V::Value> {
    let read = if let Ok(number) = number.parse::<u64>() {
        visitor.visit_u64(number)
    } else if let Ok(number) = number.parse::<i64>() {
        visitor.visit_i64(number)
    } else {
        visitor.visit_f64(number.parse().unwrap_or(f64::INFINITY))
    };
    read.map_err(|mismatch: Mismatch| mismatch.of_number(number))
}

fn visit_list<'de, V: Visitor<'de>>(items: &'de [Node], visitor: V) -> Result<V::Value> {
    let mut elements = Elements { items, next: 0 };
    let value = visitor.visit_seq(&mut elements)?;
    if elements.next < items.len() {
        let wanted = message!("a list of exactly {number}", number = elements.next);
        let found = message!("a list of {length}", length = items.len());
        return Err(Mismatch::new(Fault::WrongKind { found, wanted }));
    }
    Ok(value)
}

struct Elements<'de> {
    items: &'de [Node],
    next: usize,
}

impl<'de> SeqAccess<'de> for &mut Elements<'de> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let index = self.next;
        let Some(item) = self.items.get(index) else {
            return Ok(None);
        };
        self.next += 1;
        seed.deserialize(item)
            .map(Some)
            .map_err(|mismatch| mismatch.below(index))
    }
}

struct Members<'de> {
    members: &'de [Member],
    next: usize,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        let Some(member) = self.members.get(self.next) else {
            return Ok(None);
        };
        let key: StrDeserializer<'_, Mismatch> = member.key.as_str().into_deserializer();
        seed.deserialize(key)
            .map(Some)
            .map_err(|mismatch| mismatch.below(self.next))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        let index = self.next;
        self.next += 1;
        seed.deserialize(&self.members[index].value)
            .map_err(|mismatch| mismatch.below(index))
    }
}

/// An object of one key, read as an enum variant.
struct Choice<'de> {
    key: &'de str,
    value: &'de Node,
}

impl<'de> EnumAccess<'de> for Choice<'de> {
    type Error = Mismatch;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self)> {
        let key: StrDeserializer<'_, Mismatch> = self.key.into_deserializer();
        Ok((seed.deserialize(key)?, self))
    }
}

impl<'de> VariantAccess<'de> for Choice<'de> {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<()> {
        let wanted = message!("the text \"{key}\" alone", key = self.key);
        let found = message!("an object");
        Err(Mismatch::new(Fault::WrongKind { found, wanted }))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        seed.deserialize(self.value)
            .map_err(|mismatch| mismatch.below(0))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value> {
        self.value
            .deserialize_tuple(length, visitor)
            .map_err(|mismatch| mismatch.below(0))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.value
            .deserialize_struct("", fields, visitor)
            .map_err(|mismatch| mismatch.below(0))
    }
}

impl<'de> IntoDeserializer<'de, Mismatch> for &'de Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
